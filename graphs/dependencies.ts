import type { Critic } from '../core/critic.ts';
import type { RunEvent } from '../core/event.ts';
import type { Generator } from '../core/generator.ts';
import type { PictureStore } from '../core/picture.ts';
import type { Renderer } from '../core/render.ts';
import type { StopRule } from '../core/stop.ts';
import type { Language, Task } from '../core/task.ts';

/** What the nodes work with. Everything arrives here; nodes hold no state and know no globals. */
export interface Dependencies {
  readonly task: Task;
  readonly language: Language;
  readonly generator: Generator;
  readonly renderer: Renderer;
  readonly critic: Critic;
  readonly pictures: PictureStore;
  readonly stop: StopRule;
  /** The last render is shown to the generator when it revises (off in the paper). */
  readonly showRender: boolean;
}

/** What a node gets of LangGraph's runtime: the run's signal, and the writer that streams events. */
export interface NodeRuntime {
  readonly signal?: AbortSignal;
  readonly writer?: (event: RunEvent) => void;
}
