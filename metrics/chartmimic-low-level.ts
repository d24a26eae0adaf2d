import type { RenderFailure } from '../core/render.ts';
import { colourF1 } from './chartmimic/colour-f1.ts';
import { isTrace, type Trace } from './chartmimic/trace.ts';
import { commonCount } from './multiset.ts';
import { f1Of, mean, type Score } from './score.ts';

export interface LowLevelOptions {
  /** Above ten colours compare only those that differ, as the reference does. Default: false, all colours count. */
  readonly referenceCompatible?: boolean;
  /** A chart of category "graph": its subplots count by number alone, as in the reference. Default: false. */
  readonly graph?: boolean;
}

/**
 * ChartMimic's low-level score, 0 to 100: the mean of the F1s of drawn texts, subplots, plotting calls and colours of a
 * generated and a golden program. 0 when the generated program fails. Parts are named `text.precision` and so on.
 * @throws TypeError when the golden trace is a failure: nothing can be scored against it.
 * @see Yang et al., "ChartMimic", ICLR 2025, section 4.2; port in open-compass/VLMEvalKit
 */
export function chartMimicLowLevel(
  generated: Trace | RenderFailure,
  golden: Trace | RenderFailure,
  { referenceCompatible = false, graph = false }: LowLevelOptions = {},
): Score {
  if (!isTrace(golden)) throw new TypeError(`The golden program fails: ${golden.message}`);
  if (!isTrace(generated)) {
    return {
      value: 0,
      parts: { 'text.f1': 0, 'layout.f1': 0, 'type.f1': 0, 'color.f1': 0 },
      explanation: `The program fails (${generated.outcome}: ${generated.message}), which counts as 0.`,
    };
  }
  const layout = ({ layout: places }: Trace) => places.map((place) => (graph ? 'graph' : place.join()));
  const calls = ({ calls: counts }: Trace) =>
    Object.entries(counts).flatMap(([name, count]) => Array.from({ length: count }, () => name));
  const f1s = {
    text: multisetF1(generated.texts, golden.texts),
    layout: multisetF1(layout(generated), layout(golden)),
    type: multisetF1(calls(generated), calls(golden)),
    color: colourF1(generated.colours, golden.colours, referenceCompatible),
  };
  const named = Object.entries(f1s).flatMap(([name, f1]) =>
    Object.entries(f1).map(([part, value]) => [`${name}.${part}`, value] as const),
  );
  const value = 100 * mean(Object.values(f1s).map(({ f1 }) => f1));
  const list = Object.entries(f1s).map(([name, { f1 }]) => `${name} ${(100 * f1).toFixed(1)}`);
  return { value, parts: Object.fromEntries(named), explanation: `Mean of F1s: ${list.join(', ')}.` };
}

/** F1 of two multisets of strings; 0 when either is empty, as in the reference. */
function multisetF1(generated: readonly string[], golden: readonly string[]): ReturnType<typeof f1Of> {
  return f1Of(commonCount(generated, golden), generated.length, golden.length);
}
