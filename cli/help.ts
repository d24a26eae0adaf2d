import type { HelpConfiguration } from 'commander';

/** Columns of the options' names; a longer one has its description on the next line. */
const NAMES = 30;
const INDENT = '  ';

/** Help that fits a terminal of 80 columns, however long an option's choices are. */
export const help: HelpConfiguration = {
  helpWidth: Math.min(100, process.stdout.columns ?? 80),
  formatItem(term, _termWidth, description, helper) {
    const width = helper.helpWidth ?? 80;
    const gap = ' '.repeat(NAMES + 2);
    const text = helper.boxWrap(description, width - INDENT.length - gap.length);
    const indented = text.replaceAll('\n', `\n${INDENT}${gap}`);
    if (helper.displayWidth(term) <= NAMES) return `${INDENT}${term.padEnd(gap.length)}${indented}`.trimEnd();
    return `${INDENT}${term}\n${INDENT}${gap}${indented}`.trimEnd();
  },
};
