/** A figure that others published, with where it stands. None of them was measured here. */
export interface Published<Figure extends string> {
  readonly name: string;
  readonly figures: Readonly<Partial<Record<Figure, number>>>;
}

export const paper = 'the Visual-ERM paper, arXiv 2603.13224v2';

/** VC-RewardBench, averages, times 100. */
export const rewardBenchPublished: readonly Published<'f1h' | 'f1s' | 'sc'>[] = [
  { name: 'Visual-ERM', figures: { f1h: 42.1, f1s: 44.7, sc: 58.4 } },
  { name: 'Gemini-3-Flash', figures: { f1h: 40.6, f1s: 43.4, sc: 53.4 } },
  { name: 'Gemini-2.5-Pro', figures: { f1h: 37.8, f1s: 40.9, sc: 59.1 } },
  { name: 'GPT-5.2', figures: { f1h: 32.7, f1s: 35.0, sc: 58.9 } },
  { name: 'Qwen3-VL-235B', figures: { f1h: 29.5, f1s: 32.4, sc: 56.2 } },
  { name: 'Qwen3-VL-8B', figures: { f1h: 5.3, f1s: 6.5, sc: 17.5 } },
];
