import type { Discrepancy } from '../../core/discrepancy.ts';
import type { EarlierDraft, PreviousDraft } from '../../core/generator.ts';
import type { RenderFailure } from '../../core/render.ts';
import type { Prompts } from '../../prompts/load.ts';

/** Longer lists and texts are no help to a model and may fill its context. */
const MAX_LISTED = 40;
const MAX_DESCRIPTION = 600;
const MAX_DETAIL = 2000;

const severityWords = { 1: 'minor', 2: 'medium', 3: 'severe' } as const;

/** What the prompt says of a draft: numbered discrepancies, the error, or that no review could be had. */
export function feedbackText(prompts: Prompts, { render, ...draft }: PreviousDraft): string {
  const shown = render ? `${prompts.fill('feedback/with-render')}\n\n` : '';
  return shown + toldText(prompts, draft);
}

/** The same of any draft, without its render. */
export function toldText(prompts: Prompts, { code, feedback }: EarlierDraft): string {
  if (feedback.kind === 'render-failure') {
    return prompts.fill('feedback/render-failure', { error: errorText(feedback, code) });
  }
  if (feedback.kind === 'critic-failure') return prompts.fill('feedback/critic-failure');
  if (feedback.kind === 'score') return prompts.fill('feedback/score', { severity: feedback.severitySum });
  if (feedback.discrepancies.length === 0) return prompts.fill('feedback/no-discrepancies');
  return prompts.fill('feedback/discrepancies', { list: numbered(feedback.discrepancies) });
}

/** Most severe first; equal ones in the critic's order. */
function numbered(discrepancies: readonly Discrepancy[]): string {
  const sorted = discrepancies.toSorted((a, b) => b.severity - a.severity);
  const lines = sorted.slice(0, MAX_LISTED).map((discrepancy, index) => `${index + 1}. ${line(discrepancy)}`);
  const more = sorted.length - lines.length;
  return [...lines, ...(more > 0 ? [`(and ${more} more, no more severe than these)`] : [])].join('\n');
}

function line({ category, severity, location, description, box }: Discrepancy): string {
  const places = [cut(location, MAX_DESCRIPTION), box ? `(${boxText(box)})` : ''].filter(Boolean).join(' ');
  const place = places === '' ? '' : ` ${places}:`;
  return `[${severityWords[severity]} ${category}]${place} ${cut(description, MAX_DESCRIPTION)}`;
}

function boxText([x, y, width, height]: readonly [number, number, number, number]): string {
  const range = (from: number, size: number) =>
    `${Math.round(from * 100)}% to ${Math.round((from + size) * 100)}%`;
  return `${range(x, width)} from the left, ${range(y, height)} from the top`;
}

function errorText({ message, line: number, detail }: RenderFailure, code: string): string {
  const source = number === undefined ? undefined : code.split('\n')[number - 1]?.trim();
  return [
    message,
    ...(source ? [`Line ${number}: ${cut(source, 200)}`] : []),
    ...(detail && detail !== message ? [cut(detail, MAX_DETAIL)] : []),
  ].join('\n');
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
