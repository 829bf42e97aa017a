import type { DataSet } from './data-set';

/** Orders for displaying a data set's faces. */
export const FACE_ORDERS = ['read', 'class', 'person', 'copies'] as const;
export type FaceOrder = (typeof FACE_ORDERS)[number];

/** Indices of the faces in an order, of one class or of all (null). `copies`: near-duplicates side by side, largest groups first. */
export function orderedFaces({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>, order: FaceOrder, category: string | null): number[] {
  const all = faces.flatMap((face, i) => (category === null || (face.category ?? '') === category ? [i] : []));
  if (order === 'read') return all;
  if (order === 'copies') {
    const groups = grouped(all, (i) => bursts[i] ?? i);
    return groups.sort((a, b) => b.faces.length - a.faces.length || a.key - b.key).flatMap((group) => group.faces);
  }
  const groups = grouped(all, (i) => (order === 'class' ? faces[i]?.category : faces[i]?.person) ?? LAST);
  return groups.sort((a, b) => (a.key < b.key ? -1 : 1)).flatMap((group) => group.faces);
}

/** Sorts after all names. */
const LAST = '\uFFFF';

/** Sorting a few groups instead of all faces keeps the page responsive with tens of thousands. */
function grouped<K>(faces: readonly number[], keyOf: (face: number) => K): { readonly key: K; readonly faces: number[] }[] {
  const groups = new Map<K, number[]>();
  for (const face of faces) {
    const key = keyOf(face);
    const group = groups.get(key);
    if (group) group.push(face);
    else groups.set(key, [face]);
  }
  return Array.from(groups, ([key, own]) => ({ key, faces: own }));
}
