/** The library: what `import … from 'verisim'` gives. */

export type { Check } from '../core/check.ts';
export type { Critic, CriticRequest } from '../core/critic.ts';
export { CriticFailure, CriticResult, Critique } from '../core/critique.ts';
export { Discrepancy } from '../core/discrepancy.ts';
export {
  ConfigError,
  CriticError,
  DatasetError,
  ModelError,
  RenderError,
  SandboxError,
  VerisimError,
} from '../core/errors.ts';
export { RunEvent } from '../core/event.ts';
export type { Generated, GenerateRequest, Generator } from '../core/generator.ts';
export { bestRound, selectedRound } from '../core/guard.ts';
export type { Picture, PictureStore } from '../core/picture.ts';
export { Round, RunRecord } from '../core/record.ts';
export type { Hack, Rendered, Renderer, RenderFailure, RenderResult } from '../core/render.ts';
export { batchRewards, constantReward, negativeSumReward, rewards } from '../core/reward.ts';
export * from '../core/stop.ts';
export type { Assignment, Strategy } from '../core/strategy.ts';
export type { Language, Task } from '../core/task.ts';
export { tasks } from '../core/tasks/index.ts';
export type { Dependencies } from '../graphs/dependencies.ts';
export { loopGraph } from '../graphs/loop.ts';
export { beam } from '../graphs/strategies/beam.ts';
export { bestOfN, bestOfNThenRefine } from '../graphs/strategies/best-of-n.ts';
export { direct } from '../graphs/strategies/direct.ts';
export { refine as refineStrategy } from '../graphs/strategies/refine.ts';
export { ModelSpec } from '../models/spec.ts';
export { critiqueTool, renderTool } from '../tools/langchain.ts';
export { Config, type ConfigInput, loadConfig } from './config.ts';
export { refine } from './refine.ts';
export { reportHtml } from './report.ts';
export { Settings } from './settings.ts';
export {
  createVerisim,
  type PictureInput,
  type RefineOptions,
  type RefineResult,
  type Verisim,
} from './verisim.ts';
export { writeRun } from './write.ts';
