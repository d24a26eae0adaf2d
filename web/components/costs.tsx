import type { LiveRound, LiveRun } from '../../core/live.ts';
import { addUsage, type Usage } from '../../core/usage.ts';
import { count, dollars, duration } from '../lib/format.ts';

const stages = ['generate', 'render', 'critique'] as const;

/** Tokens, cost and time of each round by stage. */
export function Costs({ run }: { run: LiveRun }) {
  const longest = Math.max(1, ...run.rounds.map(timeOf));
  return (
    <section class="costs" aria-label="Tokens, cost and time">
      <div class="toolbar">
        <h2>Tokens, cost and time</h2>
        <p class="legend">
          {stages.map((stage) => (
            <span key={stage} class={`key ${stage}`}>
              {stage}
            </span>
          ))}
        </p>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Round</th>
            <th scope="col">Generate, tokens</th>
            <th scope="col">Critique, tokens</th>
            <th scope="col">Cost</th>
            <th scope="col">Time</th>
            <th scope="col" class="bar-cell">
              Generate, render, critique
            </th>
          </tr>
        </thead>
        <tbody>
          {run.rounds.map((round) => (
            <tr key={round.index}>
              <th scope="row">{round.index}</th>
              <td>
                <Tokens usage={round.usage.generator} />
              </td>
              <td>
                <Tokens usage={round.usage.critic} />
              </td>
              <td>{dollars(addUsage(round.usage.generator, round.usage.critic).cost)}</td>
              <td>{duration(timeOf(round))}</td>
              <td class="bar-cell">
                <TimeBar round={round} longest={longest} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            <td>
              <Tokens usage={addUsage(...run.rounds.map(({ usage }) => usage.generator))} />
            </td>
            <td>
              <Tokens usage={addUsage(...run.rounds.map(({ usage }) => usage.critic))} />
            </td>
            <td>{dollars(run.totals.usage.cost)}</td>
            <td>{duration(run.rounds.reduce((sum, round) => sum + timeOf(round), 0))}</td>
            <td class="bar-cell" />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function TimeBar({ round, longest }: { round: LiveRound; longest: number }) {
  const said = stages.map((stage) => `${stage} ${duration(round.ms[stage])}`).join(', ');
  return (
    <div class="time-bar" role="img" aria-label={said} title={said}>
      {stages.map((stage) => (
        <span key={stage} class={stage} style={{ width: `${(round.ms[stage] / longest) * 100}%` }} />
      ))}
    </div>
  );
}

function timeOf({ ms }: LiveRound): number {
  return ms.generate + ms.render + ms.critique;
}

function Tokens({ usage: { calls, inputTokens, outputTokens } }: { usage: Usage }) {
  if (calls === 0) return <>–</>;
  return (
    <span class="tokens">
      <span>{count(inputTokens)} in,</span> <span>{count(outputTokens)} out</span>
    </span>
  );
}
