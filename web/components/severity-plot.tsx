import type { LiveRound } from '../../core/live.ts';
import { scoreOf, scoreWords } from '../lib/score.ts';

const TOP = 32;
const ZERO = 112;
const LANE = 142;

interface Props {
  readonly rounds: readonly LiveRound[];
  readonly best: number | null;
}

/**
 * Severity by round, each round over its tab. Rounds without a number stand in a lane of their own below
 * the axis, never at zero.
 */
export function SeverityPlot({ rounds, best }: Props) {
  const points = rounds.map((round, at) => ({
    round,
    x: ((at + 0.5) / rounds.length) * 100,
    score: scoreOf(round),
  }));
  const scored = points.flatMap(({ score, ...point }) =>
    score.kind === 'scored' ? [{ ...point, severity: score.severity }] : [],
  );
  const most = Math.max(1, ...scored.map(({ severity }) => severity));
  const y = (severity: number) => ZERO - (severity / most) * (ZERO - TOP);
  const hasAxis = scored.length > 0;
  const hasLane = scored.length < points.length;
  const lane = hasAxis ? LANE : TOP;
  return (
    <svg class="plot" height={(hasLane ? lane : ZERO) + 14} role="img" aria-label={describe(rounds, best)}>
      {hasAxis && (
        <>
          <line class="grid" x1="0" x2="100%" y1={y(most)} y2={y(most)} />
          <line class="axis" x1="0" x2="100%" y1={ZERO} y2={ZERO} />
          <text class="tick" x="-12" y={y(most) + 4}>
            {most}
          </text>
          <text class="tick" x="-12" y={ZERO + 4}>
            0
          </text>
        </>
      )}
      {hasLane && (
        <text class="tick" x="-12" y={lane + 4}>
          none
        </text>
      )}
      {scored.slice(1).map((point, at) => {
        const from = scored[at] ?? point;
        const whole = point.round.index - from.round.index === 1;
        return (
          <line
            key={point.round.index}
            class={whole ? 'trend' : 'trend broken'}
            x1={`${from.x}%`}
            x2={`${point.x}%`}
            y1={y(from.severity)}
            y2={y(point.severity)}
          />
        );
      })}
      {points.map(({ round, x, score }) => (
        <g key={round.index} class={`point ${score.kind}${round.index === best ? ' best' : ''}`}>
          {score.kind === 'scored' ? (
            <>
              {round.index === best && <circle class="halo" cx={`${x}%`} cy={y(score.severity)} r="10" />}
              <circle class="dot" cx={`${x}%`} cy={y(score.severity)} r="5" />
              <text class="value" x={`${x}%`} y={y(score.severity) - 14}>
                {score.severity}
              </text>
            </>
          ) : (
            <svg class="none" aria-hidden="true" x={`${x}%`} y={lane}>
              {score.kind === 'failed' ? <path d="M-5-5 5 5M5-5-5 5" /> : <path d="M0-6 6 0 0 6-6 0Z" />}
            </svg>
          )}
        </g>
      ))}
    </svg>
  );
}

function describe(rounds: readonly LiveRound[], best: number | null): string {
  const said = rounds.map((round) => `round ${round.index}: ${scoreWords(round)}`).join('; ');
  return `Severity by round. ${said}.${best === null ? '' : ` Round ${best} is the best.`}`;
}
