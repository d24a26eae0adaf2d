import type { FileResult } from '../runtime/render-batch.ts';
import type { Io } from './io.ts';
import { styles } from './style.ts';

export interface FilesProgress {
  /** To be called with each file that is done. */
  done(result: FileResult): void;
  /** Says how it ended, by outcome. */
  end(folder: string): void;
}

/** Says what becomes of many files: a line for each that did not render, the count in a status line. */
export function progressOfFiles(io: Io, total: number): FilesProgress {
  const { bold, dim, good, bad } = styles(io.colours);
  const started = performance.now();
  const counts = new Map<string, number>();
  // What is wrong with a renderer is wrong with each of its files: said once.
  const errors = new Set<string>();
  let finished = 0;
  const seconds = () => (performance.now() - started) / 1000;
  const perSecond = () => (finished / Math.max(seconds(), 0.001)).toFixed(1);
  const summary = () =>
    [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([outcome, count]) => `${outcome} ${count}`)
      .join(', ');
  return {
    done(result) {
      if (result.kind === 'interrupted') return;
      finished += 1;
      const outcome = outcomeOf(result);
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      const failure = failureOf(result);
      if (failure !== undefined && !errors.has(failure)) io.say(failure);
      if (failure !== undefined && result.kind === 'error') errors.add(failure);
      if (result.kind === 'rendered') {
        for (const note of notesOf(result)) io.say(`${result.file}: note: ${note}`);
      }
      io.status(`  ${finished} of ${total}  ${summary()}  ${perSecond()} a second`);
    },
    end(folder) {
      const rendered = counts.get('rendered') ?? 0;
      const all = `${rendered} of ${total} rendered`;
      const stopped = io.signal.aborted ? `, interrupted after ${finished}` : '';
      io.say(
        `${rendered === total ? good(all) : bold(all)}${stopped}  ${dim(`${seconds().toFixed(1)} s, ${perSecond()} a second`)}`,
      );
      for (const [outcome, count] of [...counts].sort(([, a], [, b]) => b - a)) {
        if (outcome !== 'rendered') io.say(`  ${bad(outcome)}  ${count}`);
      }
      if (rendered > 0) io.say(`pictures: ${folder}`);
    },
  };
}

/** What is to be known of a picture, a line each. */
export function notesOf({ hacks, notes }: FileResult & { readonly kind: 'rendered' }): readonly string[] {
  return [...hacks.map(({ message }) => message), ...notes];
}

/** One line on a file that gave no picture; undefined for one that did. */
export function failureOf(result: FileResult): string | undefined {
  if (result.kind === 'error') return result.message;
  if (result.kind !== 'render-failure') return undefined;
  const line = result.line === undefined ? '' : ` (line ${result.line})`;
  // Names and messages may hold what moves a terminal's cursor.
  return `${result.file} does not render: ${result.outcome}${line}: ${result.message}`.replaceAll(
    /\p{Cc}/gu,
    ' ',
  );
}

function outcomeOf(result: FileResult): string {
  return result.kind === 'render-failure' ? result.outcome : result.kind;
}
