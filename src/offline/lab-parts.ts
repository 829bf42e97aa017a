import type { PrecacheEntry } from 'workbox-precaching';

/** Parts of the app that only the Lab, "Why?" and models from elsewhere need. */
const LAB_PART = /^(?:lab\/|assets\/(?:brought-model|lab\.worker|LabPlace|WhyDialog)-)/;

/** What the page says when somebody enters the Lab. */
export const KEEP_LAB = 'keep-lab';

type Entry = PrecacheEntry | string;

/** The list of the build, parted: what everybody keeps, and the addresses of what the Lab needs besides. */
export function partManifest(manifest: readonly Entry[]): { readonly app: Entry[]; readonly lab: string[] } {
  const urlOf = (entry: Entry) => (typeof entry === 'string' ? entry : entry.url);
  return { app: manifest.filter((entry) => !LAB_PART.test(urlOf(entry))), lab: manifest.map(urlOf).filter((url) => LAB_PART.test(url)) };
}

/**
 * Keeps all of the Lab's parts, those that lie there already included, since not all have a name of their own in each version.
 * Resolves where some do not come, too: those are kept when they are used.
 */
export async function keepParts(kept: Cache, urls: readonly string[]): Promise<void> {
  await Promise.all(
    urls.map(async (url) => {
      try {
        const response = await fetch(url, { cache: 'no-cache' });
        if (response.ok) await kept.put(url, response);
      } catch (error) {
        console.info('A part of the Lab is not kept:', error);
      }
    }),
  );
}
