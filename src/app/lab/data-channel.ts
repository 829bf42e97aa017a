import type { LabFace } from './data-set';

/** Faces that were changed by hand, as they are now. */
export type ChangedFaces = ReadonlyMap<number, LabFace>;

/** What was done to a data set. */
type Deed = { readonly kind: 'kept' | 'deleted' } | { readonly kind: 'changed'; readonly faces: ChangedFaces };

/** The same in another tab, of the data set that has this name in the database. */
export type DataNews = { readonly id: string } & Deed;

const CHANNEL = 'mien-lab-data';

/** Tells other tabs what was done to the data set that they may show too. */
export class DataChannel {
  readonly #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null;

  constructor(onNews: (news: DataNews) => void) {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<DataNews>) => onNews(data));
  }

  /** @param id null: no other tab can have it. */
  tell(id: string | null, deed: Deed): void {
    if (id !== null) this.#channel?.postMessage({ id, ...deed } satisfies DataNews);
  }
}
