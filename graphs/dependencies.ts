import type { Critic } from '../core/critic.ts';
import type { RunEvent } from '../core/event.ts';
import type { Generator } from '../core/generator.ts';
import type { PictureStore } from '../core/picture.ts';
import type { Renderer } from '../core/render.ts';
import type { StopRule } from '../core/stop.ts';
import type { Strategy } from '../core/strategy.ts';
import type { Language, Task } from '../core/task.ts';
import type { Draft } from './state.ts';

/** What the nodes work with. Everything arrives here; nodes hold no state and know no globals. */
export interface Dependencies {
  readonly task: Task;
  readonly language: Language;
  readonly generator: Generator;
  readonly renderer: Renderer;
  /** Left out, rounds are not criticised. */
  readonly critic?: Critic | undefined;
  readonly pictures: PictureStore;
  readonly strategy: Strategy;
  readonly stop: StopRule;
  /** The last render is shown to the generator when it revises (off in the paper). */
  readonly showRender: boolean;
  /**
   * What a revision is told of the critique: its list, the severity sum alone, or nothing. The error of code that
   * did not render is always told. Default: full.
   */
  readonly feedback?: 'full' | 'score' | 'none';
  /** Whether a revision is also told the drafts that led to the one it revises. Default: last. */
  readonly history?: 'last' | 'all';
  /**
   * Whether the stages of a round are nodes of their own, which a tracer and a checkpointer see, or run together in one
   * node, which costs less. Default: nodes.
   */
  readonly stages?: 'nodes' | 'together';
  readonly observer?: Observer;
}

/**
 * Hears at once of all that happens in a run. LangGraph's own stream may drop what it has not yet handed on
 * when a node throws; whoever must lose nothing observes.
 */
export interface Observer {
  event(event: RunEvent): void;
  /** A round in progress, after each of its stages. */
  draft(draft: Draft): void;
}

/** What a node gets of LangGraph's runtime: the run's signal, and the writer that streams events. */
export interface NodeRuntime {
  readonly signal?: AbortSignal;
  readonly writer?: (event: RunEvent) => void;
}

/** Where a node's events go: to the observer, else to LangGraph's custom stream. */
export function emitterOf({ observer }: Dependencies, { writer }: NodeRuntime): (event: RunEvent) => void {
  if (observer) return (event) => observer.event(event);
  return (event) => writer?.(event);
}
