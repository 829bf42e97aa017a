import type { LabFace } from './data-set';

/** What somebody says of faces by hand. */
export type FaceChange = Partial<Pick<LabFace, 'category' | 'person'>>;

/** The same change of some faces, given by their numbers. */
export interface ChangedFaces {
  readonly faces: readonly number[];
  readonly change: FaceChange;
}

/** An edit, as it is made, sent to other tabs and taken back: numbers and what is new, since there may be very many faces and a message is copied at once. */
export type FaceEdit = readonly ChangedFaces[];

type DataChange = { readonly kind: 'kept' | 'deleted' } | { readonly kind: 'edited'; readonly edit: FaceEdit };

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
  for (const { faces: changed, change } of edit) {
    for (const face of changed) if (faces[face]) faces[face] = { ...faces[face], ...change };
  }
  return faces;
}

/** What takes an edit back: of the faces that it changes, that which it changes, as it is before. */
export function inverseOf(edit: FaceEdit, before: readonly LabFace[]): FaceEdit {
  return edit.flatMap(({ faces, change }) =>
    gatherChanges(
      faces.flatMap((face): [number, FaceChange][] => {
        const own = before[face];
        if (!own) return [];
        const { category, person } = own;
        return [[face, { ...('category' in change && { category }), ...('person' in change && { person }) }]];
      }),
    ),
  );
}

/** One change for all faces that are changed in the same way. */
export function gatherChanges(changes: Iterable<readonly [face: number, change: FaceChange]>): FaceEdit {
  const same = new Map<string, { readonly faces: number[]; readonly change: FaceChange }>();
  for (const [face, change] of changes) {
    const key = JSON.stringify(change, ['category', 'person']);
    const known = same.get(key);
    if (known) known.faces.push(face);
    else same.set(key, { faces: [face], change });
  }
  return [...same.values()];
}
