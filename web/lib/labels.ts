import type { Severity } from '../../core/discrepancy.ts';
import type { StopReason } from '../../core/record.ts';
import type { RenderOutcome } from '../../core/render.ts';

export type Tone = 'good' | 'plain' | 'warn' | 'bad' | 'live';

export const stopLabels: Readonly<Record<StopReason, readonly [Tone, string]>> = {
  equivalent: ['good', 'Equivalent'],
  threshold: ['good', 'Threshold reached'],
  'round-limit': ['plain', 'Round limit'],
  stalled: ['warn', 'Stalled'],
  'budget-tokens': ['warn', 'Token budget used'],
  'budget-cost': ['warn', 'Cost budget used'],
  'budget-time': ['warn', 'Time budget used'],
  cancelled: ['warn', 'Cancelled'],
  failed: ['bad', 'Failed'],
};

/** What a task's pictures are called. */
export const taskLabels: Readonly<Record<string, string>> = { chart: 'Chart', table: 'Table', svg: 'Icon' };

export const severityLabels: Readonly<Record<Severity, string>> = { 1: 'minor', 2: 'medium', 3: 'severe' };

export const outcomeLabels: Readonly<Record<RenderOutcome, string>> = {
  'no-code': 'No code in the reply',
  'not-rendered': 'Not rendered',
  'syntax-error': 'Syntax error',
  'runtime-error': 'Runtime error',
  timeout: 'Out of time',
  memory: 'Out of memory',
  'output-limit': 'Too much output',
  blank: 'Blank picture',
  'no-figure': 'No figure drawn',
  forbidden: 'Forbidden',
  'invalid-markup': 'Invalid markup',
};

/** What an error that ended a run means, by its name (core/errors.ts). */
export const errorLabels: Readonly<Record<string, string>> = {
  ConfigError: 'This cannot be done as it was asked',
  ModelError: 'A model could not be had',
  CriticError: 'The critic is broken',
  RenderError: 'The renderer is missing or broken',
  SandboxError: 'The code could not be isolated, so it was not run',
};
