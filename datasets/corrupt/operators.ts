import { ConfigError } from '../../core/errors.ts';
import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import { chartOperators } from './chart/operators.ts';
import type { OperatorInfo } from './damage.ts';
import { svgOperators } from './svg/operators.ts';
import { htmlOperators, markdownOperators } from './table/operators.ts';

/**
 * The operators that can damage code of a task, in the language named or in its default one.
 * @throws ConfigError when there is no such task or language.
 */
export function operatorsFor(task: string, language?: string): OperatorInfo[] {
  const { name } = languageOf(taskNamed(task), language);
  const operators = byLanguage[name];
  if (!operators) throw new ConfigError(`No operator damages ${name}.`);
  return operators.map(({ name, category, severity, does }) => ({ name, category, severity, does }));
}

const byLanguage: Readonly<Record<string, readonly OperatorInfo[]>> = {
  html: htmlOperators,
  markdown: markdownOperators,
  matplotlib: chartOperators,
  svg: svgOperators,
};
