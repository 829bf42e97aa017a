import type { LabFace } from './data-set';

/** A manual change of a face. */
export type FaceChange = Partial<Pick<LabFace, 'category' | 'person'>>;

/** One change applied to several faces, given by index. */
export interface ChangedFaces {
  readonly faces: readonly number[];
  readonly change: FaceChange;
}

/**
 * An edit, as applied, sent to other tabs and undone. Contains only indices and new values, since there may be very many faces and posting a message
 * copies it synchronously.
 */
export type FaceEdit = readonly ChangedFaces[];

type DataChange = { readonly kind: 'kept' | 'deleted' } | { readonly kind: 'edited'; readonly edit: FaceEdit };

/** A change that another tab made to the data set with this database id. */
export type DataMessage = { readonly id: string } & DataChange;

const CHANNEL = 'mien-lab-data';

/** Posts changes of the data set to other tabs, which may show it too. */
export class DataChannel {
  readonly #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null;

  constructor(onMessage: (message: DataMessage) => void) {
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<DataMessage>) => onMessage(data));
  }

  /** @param id null if no other tab can have it. */
  post(id: string | null, change: DataChange): void {
    if (id !== null) this.#channel?.postMessage({ id, ...change } satisfies DataMessage);
  }
}

/** Faces of a data set after an edit. */
export function withEdit(before: readonly LabFace[], edit: FaceEdit): LabFace[] {
  const faces = before.slice();
  for (const { faces: changed, change } of edit) {
    for (const face of changed) if (faces[face]) faces[face] = { ...faces[face], ...change };
  }
  return faces;
}

/** Edit that undoes another one: restores the previous values of the changed fields. */
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

/** Groups identical changes into one entry each. */
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
