import type { Picture } from '../../core/picture.ts';
import type { RenderFailure } from '../../core/render.ts';
import type { Tracer } from '../../metrics/chartmimic/trace.ts';
import type { VisionModel } from '../../metrics/learned/model.ts';
import type { LpipsModel } from '../../metrics/lpips.ts';
import type { Score } from '../../metrics/score.ts';
import type { Judge } from '../judge.ts';

/** A file to be scored; nothing is read before it is asked for. */
export interface ScoreFile {
  readonly path: string;
  /** @throws ConfigError when it cannot be read. */
  text(): Promise<string>;
  /**
   * The picture, or what the code draws. `size` in pixels is for SVG.
   * @throws ConfigError when it is no picture that can be decoded.
   */
  picture(size?: { readonly width: number; readonly height: number }): Promise<Picture | RenderFailure>;
}

/** What some metrics need; each is opened when first asked for. */
export interface ScoreTools {
  readonly tracer: Tracer;
  /** @throws ConfigError when no judge was named. */
  judge(): Promise<Judge>;
  /** @throws ConfigError when its folder was not named or holds no model. */
  clip(): Promise<VisionModel>;
  dino(): Promise<VisionModel>;
  lpips(): Promise<LpipsModel>;
  /** Whether the folder of a learned model was named. */
  has(model: 'clip' | 'dino' | 'lpips'): boolean;
  readonly signal?: AbortSignal;
}

/** A metric of `metrics/` as it applies to two files. */
export interface PairMetric {
  /** As `--metric` takes it. */
  readonly name: string;
  /** What it measures and its range, for people. */
  readonly summary: string;
  /** Extensions of the files that it takes, lower case without the dot; where several fit a name, the first wins. */
  readonly candidate: readonly string[];
  readonly reference: readonly string[];
  /** Value of a candidate that is missing or does not render, where the metric has one. */
  readonly worst?: number;
  /** A candidate that does not render is a failure, returned. */
  score(candidate: ScoreFile, reference: ScoreFile, tools: ScoreTools): Promise<Score | RenderFailure>;
}

export const pictureFiles = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'tif', 'tiff', 'avif'] as const;
export const codeFiles = ['svg', 'py', 'html', 'md'] as const;
export const tableFiles = ['html', 'md'] as const;
