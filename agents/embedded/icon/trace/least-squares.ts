/** Solves a small dense linear system by elimination with pivoting; undefined when it is singular. */
export function solve(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | undefined {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column + 1; i < n; i++) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = i;
    }
    const chosen = rows[pivot];
    const value = chosen?.[column] ?? 0;
    if (!chosen || Math.abs(value) < 1e-12) return undefined;
    rows[pivot] = rows[column] ?? chosen;
    rows[column] = chosen;
    for (let i = 0; i < n; i++) {
      const row = rows[i];
      if (i === column || !row) continue;
      const factor = (row[column] ?? 0) / value;
      if (factor === 0) continue;
      for (let k = column; k <= n; k++) row[k] = (row[k] ?? 0) - factor * (chosen[k] ?? 0);
    }
  }
  return rows.map((row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}

/** Residuals of a model, one a data point. */
export type Residuals = (parameters: readonly number[]) => Float64Array;

const ROUNDS = 20;
const STEP = 1e-4;

/** Parameters that minimise the sum of squared residuals, from a start nearby (Levenberg-Marquardt). */
export function minimise(residuals: Residuals, start: readonly number[]): number[] {
  let parameters = [...start];
  let current = residuals(parameters);
  let error = sumOfSquares(current);
  let damping = 1e-3;
  for (let round = 0; round < ROUNDS && error > 1e-9; round++) {
    const columns = parameters.map((_, k) => {
      const moved = residuals(parameters.map((value, j) => (j === k ? value + STEP : value)));
      return moved.map((value, i) => (value - (current[i] ?? 0)) / STEP);
    });
    const normal = columns.map((a, i) =>
      columns.map((b, j) => inner(a, b) * (i === j ? 1 + damping : 1) + (i === j ? 1e-9 : 0)),
    );
    const step = solve(
      normal,
      columns.map((column) => -inner(column, current)),
    );
    if (!step) break;
    const next = parameters.map((value, k) => value + (step[k] ?? 0));
    const tried = residuals(next);
    const triedError = sumOfSquares(tried);
    if (triedError < error) {
      const gain = 1 - triedError / error;
      [parameters, current, error] = [next, tried, triedError];
      damping /= 4;
      if (gain < 1e-4) break;
    } else {
      damping *= 8;
      if (damping > 1e8) break;
    }
  }
  return parameters;
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

export function sumOfSquares(values: Float64Array): number {
  return inner(values, values);
}
