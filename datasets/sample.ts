import type { Picture } from '../core/picture.ts';

/** One picture of a dataset that is to be turned into code. */
export interface Sample {
  /** Unlike every other sample's of the dataset. */
  readonly id: string;
  /** chart, table or svg. */
  readonly task: string;
  /** Language of `code`, e.g. `html`; left out where there is no code. */
  readonly language?: string;
  /**
   * Decodes the picture; nothing is held before.
   * @throws DatasetError that names the dataset's file and line when it is missing or broken.
   */
  picture(): Promise<Picture>;
  /** The true code, where the dataset has it. */
  readonly code?: string;
  /** What is asked for beyond drawing the picture again. */
  readonly instructions?: string;
  /** The dataset's own groups that this sample belongs to, by name of the grouping. */
  readonly groups: Readonly<Record<string, string>>;
  /** Where it stands: `file:line`, or the file. */
  readonly source: string;
}

export interface LoadOptions {
  /** Folder that picture paths start from. Each loader says which it is when left out. */
  readonly images?: string;
  readonly signal?: AbortSignal;
}
