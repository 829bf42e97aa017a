import type { PrecacheEntry } from 'workbox-precaching';

/** Files that only the Lab, "Why?" and custom models need. */
const LAB_PART = /^(?:lab\/|assets\/(?:brought-model|lab\.worker|LabPlace|WhyDialog)-)/;

/** Message of the page when someone enters the Lab. */
export const KEEP_LAB = 'keep-lab';

type Entry = PrecacheEntry | string;

/** Splits the build's manifest into the files that everyone caches and the URLs that only the Lab needs. */
export function partManifest(manifest: readonly Entry[]): { readonly app: Entry[]; readonly lab: string[] } {
  const urlOf = (entry: Entry) => (typeof entry === 'string' ? entry : entry.url);
  return { app: manifest.filter((entry) => !LAB_PART.test(urlOf(entry))), lab: manifest.map(urlOf).filter((url) => LAB_PART.test(url)) };
}

/**
 * Caches all of the Lab's files, again if already cached, since some keep their name across versions.
 * Resolves even if some fail to load; those are cached on first use.
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
