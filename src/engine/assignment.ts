/**
 * Finds the one-to-one pairing of rows with columns of minimum total cost.
 *
 * Hungarian method in its shortest-augmenting-path form with potentials (Kuhn 1955; Jonker & Volgenant 1987),
 * O(rows² × columns). Leaving a row unpaired costs `refusal`, so no pair costs more than that, and no wrong pair is
 * accepted to save another.
 *
 * @param costs rows × columns, ≥ 0; Infinity forbids a pair.
 * @param refusal finite cost of an unpaired row.
 * @returns for every row the index of its column, or -1.
 */
export function assign(costs: readonly (readonly number[])[], refusal: number): number[] {
  const rows = costs.length;
  const columns = costs[0]?.length ?? 0;
  // One private extra column per row stands for "unpaired", which also makes every shape solvable.
  const width = columns + rows;
  const cost = (row: number, column: number): number =>
    column < columns ? Math.min(costs[row]?.[column] ?? Infinity, FORBIDDEN) : column === columns + row ? refusal : FORBIDDEN;

  // Index 0 is a sentinel in all of these: rows and columns count from 1.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const cameFrom = new Int32Array(width + 1);
  const at = (array: Float64Array | Int32Array, index: number): number => array[index] ?? 0;

  for (let row = 1; row <= rows; row++) {
    rowOf[0] = row;
    let column = 0;
    const slack = new Float64Array(width + 1).fill(Infinity);
    const visited = new Uint8Array(width + 1);
    do {
      visited[column] = 1;
      const current = at(rowOf, column);
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= width; j++) {
        if (visited[j]) continue;
        const reduced = cost(current - 1, j - 1) - at(rowPotential, current) - at(columnPotential, j);
        if (reduced < at(slack, j)) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if (at(slack, j) < step) {
          step = at(slack, j);
          next = j;
        }
      }
      for (let j = 0; j <= width; j++) {
        if (visited[j]) {
          const owner = at(rowOf, j);
          rowPotential[owner] = at(rowPotential, owner) + step;
          columnPotential[j] = at(columnPotential, j) - step;
        } else slack[j] = at(slack, j) - step;
      }
      column = next;
    } while (at(rowOf, column) !== 0);
    while (column !== 0) {
      const previous = at(cameFrom, column);
      rowOf[column] = at(rowOf, previous);
      column = previous;
    }
  }

  const result = new Array<number>(rows).fill(-1);
  for (let j = 1; j <= columns; j++) if (at(rowOf, j) > 0) result[at(rowOf, j) - 1] = j - 1;
  return result;
}

/** Finite, so that the potentials stay numbers; far above any cost and any sum of costs. */
const FORBIDDEN = 1e9;
