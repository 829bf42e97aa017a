import type { ComponentType } from 'react';

type PartModule<P> = { readonly default: ComponentType<P> };

/** A part's script or style sheet failed to load. */
export class ImportFailed extends Error {}

/** A dynamically imported part of the interface, fetched on first use. */
export class RetryableImport<P> {
  readonly #load: () => Promise<PartModule<P>>;
  #coming: Promise<PartModule<P>> | null;
  #failed = false;

  /** @param early the first fetch, if already started. */
  constructor(load: () => Promise<PartModule<P>>, early?: Promise<PartModule<P>>) {
    this.#load = load;
    this.#coming = early ? told(early) : null;
  }

  /** Returns the same promise to every rendering, as React's `use` requires. */
  fetch(): Promise<PartModule<P>> {
    this.#coming ??= told(this.#failed ? refetchStyles().then(() => this.#load().catch(refetchScript<PartModule<P>>)) : this.#load());
    return this.#coming;
  }

  /** Makes the next `fetch` load the part again after a failure. */
  forget(): void {
    this.#coming = null;
    this.#failed = true;
  }
}

function told<T>(coming: Promise<T>): Promise<T> {
  return coming.catch((cause: unknown) => {
    throw new ImportFailed('a part of the page was not fetched', { cause });
  });
}

/** Some browsers cache a failed import and never request its URL again, so this uses a different URL. */
function refetchScript<T>(cause: unknown): Promise<T> {
  const address = cause instanceof Error ? /https?:\S+\.js/.exec(cause.message)?.[0] : undefined;
  if (address === undefined) throw cause;
  return import(/* @vite-ignore */ `${address}?again=${Date.now()}`) as Promise<T>;
}

/** Vite requests a part's style sheet only once: after a failure the part would render unstyled. */
async function refetchStyles(): Promise<void> {
  const links = Array.from(document.querySelectorAll<HTMLLinkElement>('head link[rel="stylesheet"]'));
  await Promise.all(links.filter(({ sheet }) => sheet === null).map(refetchStyle));
}

function refetchStyle(link: HTMLLinkElement): Promise<void> {
  const again = document.createElement('link');
  again.rel = 'stylesheet';
  again.href = link.href;
  return new Promise((resolve, reject) => {
    again.addEventListener('load', () => {
      link.remove();
      resolve();
    });
    again.addEventListener('error', () => {
      again.remove();
      reject(new Error(`no stylesheet from ${link.href}`));
    });
    link.after(again);
  });
}
