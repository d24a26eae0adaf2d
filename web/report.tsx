import './lib/without-eval.ts';
import { render } from 'preact';
import { liveRunOf } from '../core/live.ts';
import { ReportData } from '../core/report.ts';
import { Masthead } from './components/masthead.tsx';
import { Notice } from './components/notice.tsx';
import { RunView } from './components/run-view.tsx';
import { restoreTheme } from './lib/theme.ts';

/** The page of a report: a finished run, read from the data inside the file. */
function Report({ text }: { text: string }) {
  const read = ReportData.safeParse(parsed(text));
  if (!read.success) {
    return (
      <Notice tone="bad" title="The record in this report cannot be read">
        It is damaged, or of another version of Verisim than this page: {read.error.issues[0]?.message}
      </Notice>
    );
  }
  const { record, pictures } = read.data;
  document.title = `${record.input.name} – Verisim report`;
  return <RunView run={liveRunOf(record)} pictureUrl={(digest) => pictures[digest]} />;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

restoreTheme();
const root = document.getElementById('page');
const text = document.getElementById('report-data')?.textContent ?? '';
if (root) {
  render(
    <>
      <Masthead title="Run report" />
      <Report text={text} />
    </>,
    root,
  );
}
