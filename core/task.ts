/** A language that generated code may be written in. The name picks its renderer and its prompts. */
export interface Language {
  /** `matplotlib`, `html`, `markdown`, `svg`. */
  readonly name: string;
  /** File extension without the dot. */
  readonly extension: string;
  /** Info strings that models put on a code fence of this language, lower case, most usual first. */
  readonly fences: readonly string[];
}

/** How a picture is sent to a model: resized so that no side exceeds `maxSide` pixels, then encoded. */
export interface ImageLimit {
  readonly maxSide: number;
  readonly format: 'jpeg' | 'png';
}

/** Sampling settings of a chat request; a field left out is left to the server. */
export interface Sampling {
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly repetitionPenalty?: number;
  readonly presencePenalty?: number;
  readonly maxTokens?: number;
  readonly seed?: number;
}

/** What the critic of a task is asked with (reference: Visual-ERM repository, evaluation scripts). */
export interface CriticProfile {
  readonly image: ImageLimit;
  readonly sampling: Sampling;
  /** The instruction begins with two literal `<image>` marks, as the table critic was trained on. */
  readonly imageMarks: boolean;
  /** A one-line system message is sent. */
  readonly systemMessage: boolean;
  /** What one error of the answer holds, in order: the table critic names the category `type` and gives no location. */
  readonly errorFields: readonly ('category' | 'type' | 'severity' | 'location' | 'description')[];
}

/**
 * One kind of picture and what its code may be. A task is one object in one file of core/tasks;
 * its prompts are the folder of the same name in prompts/, its renderers are named by its languages.
 */
export interface Task {
  readonly name: string;
  /** The first is the default. */
  readonly languages: readonly [Language, ...Language[]];
  /** Discrepancy categories that a critic of this task may use. */
  readonly categories: readonly string[];
  /** How the reference picture is sent to the generator. */
  readonly generator: { readonly image: ImageLimit; readonly sampling: Sampling };
  readonly critic: CriticProfile;
}
