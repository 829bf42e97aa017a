import type { DataSet } from './data-set';

/** How the faces of a data set are laid out. */
export const FACE_ORDERS = ['read', 'class', 'person', 'copies'] as const;
export type FaceOrder = (typeof FACE_ORDERS)[number];

/** Numbers of the faces in an order; of a class alone, or of all (null). `copies`: near-duplicates side by side, the largest groups first. */
export function orderedFaces({ faces, bursts }: Pick<DataSet, 'faces' | 'bursts'>, order: FaceOrder, category: string | null): number[] {
  const all = faces.flatMap((face, i) => (category === null || (face.category ?? '') === category ? [i] : []));
  if (order === 'read') return all;
  if (order === 'copies') {
    const counts = new Map<number, number>();
    for (const i of all) counts.set(bursts[i] ?? i, (counts.get(bursts[i] ?? i) ?? 0) + 1);
    const sizeOf = (i: number) => counts.get(bursts[i] ?? i) ?? 1;
    return all.sort((a, b) => sizeOf(b) - sizeOf(a) || (bursts[a] ?? a) - (bursts[b] ?? b) || a - b);
  }
  const keyOf = (i: number) => (order === 'class' ? faces[i]?.category : faces[i]?.person) ?? '\uFFFF';
  const keys = new Map(all.map((i) => [i, keyOf(i)]));
  return all.sort((a, b) => compared(keys.get(a) ?? '', keys.get(b) ?? '') || a - b);
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
