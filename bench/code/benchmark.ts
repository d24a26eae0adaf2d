import type { Picture } from '../../core/picture.ts';
import type { Usage } from '../../core/usage.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import type { ScoreTools } from '../score/metric.ts';

/** What scoring one output may use. */
export interface CodeTools extends ScoreTools {
  readonly verisim: Verisim;
}

/** One picture of a benchmark that is to be turned into code, and how the code is scored. */
export interface CodeItem {
  readonly id: string;
  readonly task: string;
  readonly language: string;
  readonly instructions?: string;
  /** Names, without extension, under which a folder of existing outputs may hold this one's. */
  readonly names: readonly string[];
  /** Items of one cluster are resampled together. */
  readonly cluster: string;
  picture(): Promise<Picture>;
  /**
   * Scores an output. Undefined: there is none, which scores as a failure.
   * @throws DatasetError when the true code itself fails: nothing can be scored against it.
   */
  score(code: string | undefined, tools: CodeTools): Promise<Scored>;
}

export interface Scored {
  readonly values: Readonly<Record<string, number>>;
  /** Why it counts as nothing; null when it counts as it is. */
  readonly failure: string | null;
}

/** One line of results.jsonl. */
export interface ItemResult extends Scored {
  readonly id: string;
  readonly cluster: string;
  /** SHA-256 of the output that was scored; null when there was none. */
  readonly output: string | null;
  /** How it was made; null where it was there before. */
  readonly run: {
    readonly stopReason: string;
    readonly rounds: number;
    readonly usage: Usage;
    readonly milliseconds: number;
  } | null;
}

export interface Figure {
  /** Key in the record that `figures` returns. */
  readonly key: string;
  readonly title: string;
  readonly better: 'higher' | 'lower';
  /** 3 for figures up to 1, 1 for those up to 100. */
  readonly decimals: 1 | 3;
}

/** Published figures to stand beside; each column is one of the benchmark's figures. */
export interface PublishedTable {
  readonly source: string;
  readonly columns: readonly { readonly title: string; readonly key: string }[];
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

/** A benchmark of picture to code. */
export interface CodeBenchmark {
  readonly title: string;
  items(signal?: AbortSignal): AsyncIterable<CodeItem>;
  /** The figures that it reports, in order; one that `figures` does not return is left out. */
  readonly figures: readonly Figure[];
  /** Pure: what the results come to, failures included. Keys as in `figures`. */
  figuresOf(results: readonly ItemResult[]): Readonly<Record<string, number>>;
  /** What resampling draws, e.g. "pages". */
  readonly clusters: string;
  /** What a reader must know, one sentence each. */
  readonly notes: readonly string[];
  readonly published?: PublishedTable;
}
