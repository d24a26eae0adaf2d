/**
 * Least cost of moving one distribution onto another (earth mover's distance): amounts at places i become amounts at
 * places j at `cost(i, j)` for each unit. Both sum to the same. Successive shortest paths; meant for a few dozen places.
 */
export function transportCost(
  supply: readonly number[],
  demand: readonly number[],
  cost: (i: number, j: number) => number,
): number {
  const left = [...supply];
  const open = [...demand];
  const flow = supply.map(() => demand.map(() => 0));
  const costs = supply.map((_, i) => demand.map((_, j) => cost(i, j)));
  let total = 0;
  // Each round empties a supply, fills a demand or undoes a flow, so there are few; the bound is against rounding.
  for (let round = 0; round < 4 * supply.length * demand.length; round++) {
    const path = cheapestPath(left, open, flow, costs);
    if (!path) break;
    const moved = path.amount;
    for (const { i, j, forward } of path.steps) {
      const row = flow[i];
      if (row) row[j] = (row[j] ?? 0) + (forward ? moved : -moved);
      total += (forward ? moved : -moved) * (costs[i]?.[j] ?? 0);
    }
    left[path.from] = (left[path.from] ?? 0) - moved;
    open[path.to] = (open[path.to] ?? 0) - moved;
  }
  return total;
}

interface Path {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly steps: readonly { readonly i: number; readonly j: number; readonly forward: boolean }[];
}

const NOTHING = 1e-12;

/** Bellman-Ford over supplies and demands, with flows that are already there usable backwards. */
function cheapestPath(
  left: readonly number[],
  open: readonly number[],
  flow: readonly (readonly number[])[],
  costs: readonly (readonly number[])[],
): Path | undefined {
  const toSupply = left.map((amount) => (amount > NOTHING ? 0 : Infinity));
  const toDemand = open.map(() => Infinity);
  const beforeSupply = left.map(() => -1);
  const beforeDemand = open.map(() => -1);
  for (let changed = true, pass = 0; changed && pass <= left.length + open.length; pass++) {
    changed = false;
    costs.forEach((row, i) => {
      row.forEach((price, j) => {
        if ((toSupply[i] ?? 0) + price < (toDemand[j] ?? 0) - NOTHING) {
          toDemand[j] = (toSupply[i] ?? 0) + price;
          beforeDemand[j] = i;
          changed = true;
        }
        if ((flow[i]?.[j] ?? 0) > NOTHING && (toDemand[j] ?? 0) - price < (toSupply[i] ?? 0) - NOTHING) {
          toSupply[i] = (toDemand[j] ?? 0) - price;
          beforeSupply[i] = j;
          changed = true;
        }
      });
    });
  }
  let to = -1;
  toDemand.forEach((price, j) => {
    if ((open[j] ?? 0) > NOTHING && price < (toDemand[to] ?? Infinity)) to = j;
  });
  if (to < 0) return undefined;
  const steps: { i: number; j: number; forward: boolean }[] = [];
  let amount = open[to] ?? 0;
  let j = to;
  while (steps.length <= 2 * (left.length + open.length)) {
    const i = beforeDemand[j] ?? 0;
    steps.push({ i, j, forward: true });
    const back = beforeSupply[i] ?? -1;
    if (back < 0) return { from: i, to, amount: Math.min(amount, left[i] ?? 0), steps };
    steps.push({ i, j: back, forward: false });
    amount = Math.min(amount, flow[i]?.[back] ?? 0);
    j = back;
  }
  return undefined;
}
