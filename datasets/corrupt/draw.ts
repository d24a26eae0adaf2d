import type { Change, Operator, OperatorInfo, Proposal } from './damage.ts';
import { areApart } from './edits.ts';
import { randomOf, shuffled } from './random.ts';

/** What one operator proposes for a code. */
export interface Stream {
  readonly operator: OperatorInfo;
  readonly changes: Iterable<Change>;
}

/** What these operators propose for a source, each with draws of its own: leaving one out changes no other. */
export function streamsOf<Source>(
  operators: readonly Operator<Source>[],
  source: Source,
  seed: number,
): Stream[] {
  return operators.map((operator) => ({
    operator,
    changes: operator.propose(source, randomOf(seed, operator.name)),
  }));
}

/**
 * Draws damages: operators in random order, one of each before a second of any, so that the operators that find
 * many places do not push out the rest. The consumer says by `taken` which it kept; what follows leaves them alone.
 */
export function* drawn(
  streams: readonly Stream[],
  seed: number,
  taken: readonly Proposal[],
): Generator<Proposal> {
  let open = shuffled(randomOf(seed, 'order'), streams).map(({ operator, changes }) => ({
    operator,
    changes: changes[Symbol.iterator](),
  }));
  while (open.length > 0) {
    const still: typeof open = [];
    for (const stream of open) {
      const change = nextApart(stream.changes, taken);
      if (!change) continue;
      still.push(stream);
      yield { ...change, operator: stream.operator };
    }
    open = still;
  }
}

/** How many proposals of one operator are looked at for one that leaves the others alone. */
const PATIENCE = 200;

function nextApart(changes: Iterator<Change>, taken: readonly Proposal[]): Change | undefined {
  for (let tries = 0; tries < PATIENCE; tries += 1) {
    const { done, value } = changes.next();
    if (done) return undefined;
    if (taken.every((other) => areApart(value, other))) return value;
  }
  return undefined;
}
