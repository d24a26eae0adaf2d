import type { RunEvent } from '../../../core/event.ts';

/** What an event tells a person who waits, in lines; nothing for most of them. */
export function reasoningOf(event: RunEvent): string {
  if (event.type === 'round-started') {
    const { round, parent } = event;
    return parent === null ? `Draft ${round + 1}.\n` : `Draft ${round + 1}, revising draft ${parent + 1}.\n`;
  }
  if (event.type === 'render-finished') {
    const { render } = event;
    return render.kind === 'rendered' ? '' : `It does not render (${render.outcome}): ${render.message}\n`;
  }
  if (event.type !== 'critique-finished') return '';
  const { critique } = event;
  if (critique.kind === 'critic-failure') return `The critic gave no usable critique: ${critique.reason}\n`;
  const { discrepancies, severitySum } = critique;
  if (discrepancies.length === 0) return 'The critic finds no difference.\n';
  const lines = discrepancies.map(({ category, severity, location, description }) => {
    const where = location === '' ? '' : `, ${location}`;
    return `- ${category} (${severity})${where}: ${description}\n`;
  });
  return `Severity ${severitySum}:\n${lines.join('')}`;
}
