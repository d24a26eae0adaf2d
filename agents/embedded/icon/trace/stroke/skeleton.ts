/** A mask, row by row; non-zero is inside. Its rim must be outside. */
export interface Mask {
  readonly columns: number;
  readonly rows: number;
  readonly inside: Uint8Array;
}

/** The middle line of a mask, one pixel thin and connected as the mask is (Zhang and Suen 1984, then cleaned). */
export function skeletonOf({ columns, rows, inside }: Mask): Uint8Array {
  const mask = Uint8Array.from(inside, (value) => (value === 0 ? 0 : 1));
  // Neighbours clockwise from above.
  const around = [-columns, -columns + 1, 1, columns + 1, columns, columns - 1, -1, -columns - 1];
  const at = (i: number, k: number) => mask[i + (around[k & 7] ?? 0)] ?? 0;
  // Only the border of what is left can go, which is a small part of a large shape.
  const known = new Uint8Array(mask.length);
  let border: number[] = [];
  const exposed = (i: number) => {
    if (known[i] === 1 || mask[i] === 0) return;
    known[i] = 1;
    border.push(i);
  };
  for (let row = 1; row < rows - 1; row++) {
    for (let column = 1; column < columns - 1; column++) {
      const i = row * columns + column;
      if (mask[i] === 1 && around.some((offset) => mask[i + offset] === 0)) exposed(i);
    }
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const odd of [true, false]) {
      const removed: number[] = [];
      for (const i of border) {
        let [count, rises] = [0, 0];
        for (let k = 0; k < 8; k++) {
          count += at(i, k);
          if (at(i, k) === 0 && at(i, k + 1) === 1) rises++;
        }
        if (count < 2 || count > 6 || rises !== 1) continue;
        const [up, right, down, left] = [at(i, 0), at(i, 2), at(i, 4), at(i, 6)];
        if (
          odd
            ? up * right * down !== 0 || right * down * left !== 0
            : up * right * left !== 0 || up * down * left !== 0
        )
          continue;
        removed.push(i);
      }
      if (removed.length === 0) continue;
      changed = true;
      for (const i of removed) mask[i] = 0;
      border = border.filter((i) => mask[i] === 1);
      for (const i of removed) for (const offset of around) exposed(i + offset);
    }
  }
  // What is left on the inside of diagonal steps can go without parting anything.
  for (const i of border.sort((a, b) => a - b)) {
    const neighbours = around.filter((offset) => mask[i + offset] === 1);
    if (neighbours.length >= 2 && isConnected(neighbours, columns)) mask[i] = 0;
  }
  return mask;
}

/** Whether some neighbours of a pixel touch one another all in one group. */
function isConnected(neighbours: readonly number[], columns: number): boolean {
  const place = (offset: number) => {
    const y = Math.round(offset / columns);
    return [offset - y * columns, y] as const;
  };
  const touches = (a: number, b: number) => {
    const [[ax, ay], [bx, by]] = [place(a), place(b)];
    return Math.max(Math.abs(ax - bx), Math.abs(ay - by)) === 1;
  };
  const [first = 0, ...rest] = neighbours;
  const group = [first];
  let left = rest;
  for (const member of group) {
    const joined = left.filter((other) => touches(member, other));
    left = left.filter((other) => !joined.includes(other));
    group.push(...joined);
  }
  return left.length === 0;
}
