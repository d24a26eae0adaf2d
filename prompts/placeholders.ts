/** What the files of one role may hold between double braces, and what they must. */
export interface Placeholders {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const size = ['width', 'height'];

/** By role: the file's name up to its first dot, or for prompts shared by the tasks, with its folder. */
const placeholders: Readonly<Record<string, Placeholders>> = {
  generate: { required: ['instructions'], optional: size },
  revise: { required: ['code', 'feedback', 'instructions'], optional: size },
  critique: { required: [], optional: [] },
  'self-critique': { required: [], optional: [] },
  'critique-system': { required: [], optional: [] },
  'feedback/discrepancies': { required: ['list'], optional: [] },
  'feedback/no-discrepancies': { required: [], optional: [] },
  'feedback/score': { required: ['severity'], optional: [] },
  'feedback/history': { required: ['drafts'], optional: [] },
  'feedback/critic-failure': { required: [], optional: [] },
  'feedback/no-code': { required: [], optional: [] },
  'feedback/render-failure': { required: ['error'], optional: [] },
  'feedback/with-render': { required: [], optional: [] },
  'feedback/instructions': { required: ['wish'], optional: [] },
  'judge/chartmimic': { required: [], optional: [] },
  'judge/vc-rewardbench': { required: ['category', 'types', 'predicted', 'labelled'], optional: [] },
};

/** @param name as in `chart/revise` or `table/revise.html`; undefined where no prompt is so called. */
export function placeholdersOf(name: string): Placeholders | undefined {
  const role = name.slice(name.indexOf('/') + 1).split('.')[0] ?? '';
  return placeholders[name] ?? placeholders[role];
}
