/**
 * The pairing of rows and columns, each used at most once and as many as fit, with the greatest sum of weights: the
 * Hungarian method with potentials (Kuhn 1955, Jonker and Volgenant 1987), cubic in the number of rows.
 * @param weights one array a row, all of one length
 * @returns pairs [row, column], rows ascending
 */
export function bestAssignment(weights: readonly (readonly number[])[]): [number, number][] {
  const rows = weights.length;
  const columns = weights[0]?.length ?? 0;
  if (rows > columns) {
    const turned = Array.from({ length: columns }, (_, j) => weights.map((row) => row[j] ?? 0));
    return bestAssignment(turned)
      .map(([j, i]): [number, number] => [i, j])
      .sort(([a], [b]) => a - b);
  }
  // Column 0 is a dummy in which each row starts its search; rowOf 0 stands for a free column.
  const rowPotential = new Float64Array(rows + 1);
  const columnPotential = new Float64Array(columns + 1);
  const rowOf = new Int32Array(columns + 1);
  for (let row = 1; row <= rows; row++) augment(row);
  const pairs: [number, number][] = [];
  for (let column = 1; column <= columns; column++) {
    const row = rowOf[column] ?? 0;
    if (row > 0) pairs.push([row - 1, column - 1]);
  }
  return pairs.sort(([a], [b]) => a - b);

  /** Finds a place for one more row along the shortest alternating path and shifts the rows on it. */
  function augment(start: number): void {
    const slack = new Float64Array(columns + 1).fill(Infinity);
    const cameFrom = new Int32Array(columns + 1);
    const done = new Uint8Array(columns + 1);
    rowOf[0] = start;
    let column = 0;
    do {
      done[column] = 1;
      const row = rowOf[column] ?? 0;
      let step = Infinity;
      let next = 0;
      for (let j = 1; j <= columns; j++) {
        if (done[j]) continue;
        const cost = -(weights[row - 1]?.[j - 1] ?? 0);
        const reduced = cost - (rowPotential[row] ?? 0) - (columnPotential[j] ?? 0);
        if (reduced < (slack[j] ?? 0)) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if ((slack[j] ?? 0) < step) {
          step = slack[j] ?? 0;
          next = j;
        }
      }
      for (let j = 0; j <= columns; j++) {
        if (done[j]) {
          const holder = rowOf[j] ?? 0;
          rowPotential[holder] = (rowPotential[holder] ?? 0) + step;
          columnPotential[j] = (columnPotential[j] ?? 0) - step;
        } else slack[j] = (slack[j] ?? 0) - step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = cameFrom[column] ?? 0;
      rowOf[column] = rowOf[before] ?? 0;
      column = before;
    }
  }
}
