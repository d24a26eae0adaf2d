import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tasks } from '../../../core/tasks/index.ts';
import { operatorsFor } from '../../../datasets/corrupt/corrupt.ts';

it('docs/damage.md has a row for each operator, as it is', () => {
  const page = readFileSync(new URL('../../../docs/damage.md', import.meta.url), 'utf8');
  for (const { name: task } of tasks) {
    for (const { name, category, severity, does } of operatorsFor(task)) {
      expect(page.replaceAll(' (HTML)', '')).toContain(`| ${name} | ${category} | ${severity} | ${does} |`);
    }
  }
});
