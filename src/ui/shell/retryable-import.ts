import type { ComponentType } from 'react';

type PartModule<P> = { readonly default: ComponentType<P> };

/** A part's file, or what belongs to it, did not come. */
export class ImportFailed extends Error {}

/** A part of the interface that has a file of its own, fetched when it is first asked for. */
export class RetryableImport<P> {
  readonly #load: () => Promise<PartModule<P>>;
  #coming: Promise<PartModule<P>> | null;
  #failed = false;

  /** @param early the first fetch, where it is under way already. */
  constructor(load: () => Promise<PartModule<P>>, early?: Promise<PartModule<P>>) {
    this.#load = load;
    this.#coming = early ? told(early) : null;
  }

  /** The same promise for every rendering, as React's `use` wants it. */
  fetch(): Promise<PartModule<P>> {
    this.#coming ??= told(this.#failed ? refetchStyles().then(() => this.#load().catch(refetchScript<PartModule<P>>)) : this.#load());
    return this.#coming;
  }

  /** It did not come, or broke: the next one who asks has it fetched anew. */
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

/** Some browsers remember that a script did not come, and ask no more for the same address: so for another one. */
function refetchScript<T>(cause: unknown): Promise<T> {
  const address = cause instanceof Error ? /https?:\S+\.js/.exec(cause.message)?.[0] : undefined;
  if (address === undefined) throw cause;
  return import(/* @vite-ignore */ `${address}?again=${Date.now()}`) as Promise<T>;
}

/** Vite asks for a part's stylesheet only once: after a failure the part would come without it, and look broken. */
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
