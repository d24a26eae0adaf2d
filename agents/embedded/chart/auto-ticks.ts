/**
 * The ticks that matplotlib sets by itself on a linear axis (its AutoLocator: at most nine steps of 1, 2, 2.5
 * or 5, no more than fit the axis).
 * @param points length of the axis in points
 */
export function autoTicks(
  from: number,
  to: number,
  points: number,
  fontSize: number,
  axis: 'x' | 'y',
): number[] {
  const space = Math.floor(points / (fontSize * (axis === 'x' ? 3 : 2)));
  const bins = Math.min(9, Math.max(1, space));
  const range = to - from;
  const raw = range / bins;
  const power = 10 ** Math.floor(Math.log10(raw));
  const steps = [1, 2, 2.5, 5, 10, 20].map((step) => step * power);
  const start = steps.findIndex((step) => step >= raw * (1 - 1e-10));
  for (const step of steps.slice(Math.max(0, start))) {
    const low = Math.floor(from / step) * step;
    const first = Math.floor((from - low) / step + 1e-9);
    const last = Math.ceil((to - low) / step - 1e-9);
    if (last - first > bins + 1e-9) continue;
    const ticks: number[] = [];
    for (let k = first; k <= last; k++) {
      const value = Number((low + k * step).toPrecision(12));
      if (value >= from - 1e-9 * range && value <= to + 1e-9 * range) ticks.push(value);
    }
    return ticks;
  }
  return [];
}
