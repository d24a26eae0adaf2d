import { ConfigError } from '../errors.ts';
import type { Language, Task } from '../task.ts';
import { chart } from './chart.ts';
import { svg } from './svg.ts';
import { table } from './table.ts';

export const tasks: readonly Task[] = [chart, table, svg];

/** @throws ConfigError when no task has this name. */
export function taskNamed(name: string): Task {
  const task = tasks.find((candidate) => candidate.name === name);
  if (task) return task;
  throw new ConfigError(`There is no task "${name}". Use one of: ${tasks.map((t) => t.name).join(', ')}.`);
}

/**
 * The language of that name in the task, or the task's default when no name is given.
 * @throws ConfigError when the task has no such language.
 */
export function languageOf(task: Task, name?: string): Language {
  if (name === undefined) return task.languages[0];
  const language = task.languages.find((candidate) => candidate.name === name);
  if (language) return language;
  const known = task.languages.map((l) => l.name).join(', ');
  throw new ConfigError(`The task "${task.name}" has no language "${name}". Use one of: ${known}.`);
}
