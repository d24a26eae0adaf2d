import type { RunRecord } from '../../core/record.ts';
import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import { download } from '../lib/download.ts';

interface Props {
  readonly record: RunRecord;
  readonly pictureUrl: (digest: string) => string | undefined;
  readonly report: () => Promise<Blob>;
  readonly onProblem: (error: unknown) => void;
}

/** What a finished run gives to keep. */
export function Downloads({ record, pictureUrl, report, onProblem }: Props) {
  const { task, language, rounds, best, input } = record;
  const round = best === null ? undefined : rounds[best];
  const { extension } = languageOf(taskNamed(task), language);
  const name = input.name.replace(/\.\w+$/, '') || 'picture';
  const render = round?.render.kind === 'rendered' ? pictureUrl(round.render.picture) : undefined;
  return (
    <>
      <span class="run-actions-label">Download</span>
      {round && (
        <button type="button" class="button" onClick={() => download(`${name}.${extension}`, round.code)}>
          Code
        </button>
      )}
      {render !== undefined && (
        <a class="button" href={render} download={`${name}.render.png`}>
          Render
        </a>
      )}
      <button
        type="button"
        class="button"
        onClick={() =>
          download(`${name}.run.json`, `${JSON.stringify(record, null, 2)}\n`, 'application/json')
        }
      >
        Record
      </button>
      <button
        type="button"
        class="button"
        onClick={() => {
          report().then((page) => download(`${name}.report.html`, page), onProblem);
        }}
      >
        Report
      </button>
    </>
  );
}
