import type { LabFace } from './data-set';

/** Faces that were changed by hand, as they are now. */
export type ChangedFaces = ReadonlyMap<number, LabFace>;

/** What somebody says of faces by hand. */
export type FaceChange = Partial<Pick<LabFace, 'category' | 'person'>>;

export type FaceEdit =
  | { readonly kind: 'replaced'; readonly faces: ChangedFaces }
  /** The same change of faces, given by their numbers: there may be very many, and a message is copied at once. */
  | { readonly kind: 'edited'; readonly faces: readonly number[]; readonly change: FaceChange };

type DataChange = { readonly kind: 'kept' | 'deleted' } | FaceEdit;

/** A change that another tab made to the data set that has this id in the database. */
export type DataMessage = { readonly id: string } & DataChange;

const CHANNEL = 'mien-lab-data';

/** Posts changes of the data set to other tabs, which may show it too. */
export class DataChannel {
  readonly #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null;

  constructor(onMessage: (message: DataMessage) => void) {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<DataMessage>) => onMessage(data));
  }

  /** @param id null: no other tab can have it. */
  post(id: string | null, change: DataChange): void {
    if (id !== null) this.#channel?.postMessage({ id, ...change } satisfies DataMessage);
  }
}

/** A data set's faces after an edit. */
export function withEdit(before: readonly LabFace[], edit: FaceEdit): LabFace[] {
  const faces = before.slice();
  if (edit.kind === 'replaced') {
    for (const [face, own] of edit.faces) if (face in faces) faces[face] = own;
  } else {
    for (const face of edit.faces) if (faces[face]) faces[face] = { ...faces[face], ...edit.change };
  }
  return faces;
}
