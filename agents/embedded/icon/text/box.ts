/** A box of ink. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Less ink in a pixel is none. */
const FAINT = 0.1;

/** The box of ink, its sides placed within a pixel by how much of the outermost pixels is covered. */
export function boxOf(ink: Float32Array, columns: number): Box | undefined {
  const across = new Float32Array(columns);
  const down = new Float32Array(ink.length / columns);
  for (const [i, value] of ink.entries()) {
    const [x, y] = [i % columns, Math.floor(i / columns)];
    across[x] = Math.max(across[x] ?? 0, value);
    down[y] = Math.max(down[y] ?? 0, value);
  }
  const [[left, right], [top, bottom]] = [ends(across), ends(down)];
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : undefined;
}

function ends(most: Float32Array): [number, number] {
  const first = most.findIndex((value) => value > FAINT);
  const last = most.findLastIndex((value) => value > FAINT);
  return [first + 1 - (most[first] ?? 0), last + (most[last] ?? 0)];
}
