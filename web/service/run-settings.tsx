import { Notice } from '../components/notice.tsx';
import type { Wish } from '../lib/client.ts';
import { taskLabels } from '../lib/labels.ts';
import type { Options } from '../lib/service-schemas.ts';
import { SelectField } from './select-field.tsx';

/** What a run is asked with. */
export interface Choice {
  readonly task: string;
  /** Empty: the task's first. */
  readonly language: string;
  readonly generator: string;
  readonly critic: string;
  readonly strategy: string;
  readonly rounds: number;
  readonly instructions: string;
}

const MOST_ROUNDS = 10;

export function firstChoice({ tasks, defaults }: Options): Choice {
  return { ...defaults, task: tasks[0]?.name ?? '', language: '', instructions: '' };
}

/** The fields of the request; what is empty is left to the service. */
export function wishOf({ rounds, ...texts }: Choice): Wish {
  const given = Object.entries(texts).filter(([, text]) => text.trim() !== '');
  return { ...Object.fromEntries(given), rounds: String(rounds) };
}

interface Props {
  readonly options: Options;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
  /** There is a picture. */
  readonly ready: boolean;
  readonly sending: boolean;
  readonly problem: string | null;
}

/** What the picture shows, and which of the configured models and strategies draw it. */
export function RunSettings({ options, choice, onChoose, ready, sending, problem }: Props) {
  const { tasks, generators, critics, strategies } = options;
  const languages = tasks.find(({ name }) => name === choice.task)?.languages ?? [];
  const set = (some: Partial<Choice>) => onChoose({ ...choice, ...some });
  return (
    <section class="run-settings" aria-label="Settings">
      <fieldset class="tasks">
        <legend>It shows a</legend>
        <div class="task-strip">
          {tasks.map(({ name }) => (
            <label key={name}>
              <input
                type="radio"
                name="task"
                value={name}
                checked={name === choice.task}
                onChange={() => set({ task: name, language: '' })}
              />
              <span>{taskLabels[name] ?? name}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {languages.length > 1 && (
        <SelectField
          label="Language"
          options={languages}
          value={choice.language || (languages[0] ?? '')}
          onChoose={(language) => set({ language })}
        />
      )}
      <SelectField
        label="Generator"
        options={generators}
        value={choice.generator}
        onChoose={(generator) => set({ generator })}
      />
      <SelectField
        label="Critic"
        options={critics}
        value={choice.critic}
        onChoose={(critic) => set({ critic })}
      />
      <div class="field-pair">
        <SelectField
          label="Strategy"
          options={strategies}
          value={choice.strategy}
          onChoose={(strategy) => set({ strategy })}
        />
        <label class="field">
          <span>Revisions</span>
          <input
            type="number"
            min={0}
            max={MOST_ROUNDS}
            required
            value={choice.rounds}
            onInput={(event) => set({ rounds: event.currentTarget.valueAsNumber })}
          />
        </label>
      </div>
      <label class="field">
        <span>
          Instructions <span class="optional">optional</span>
        </span>
        <textarea
          rows={2}
          value={choice.instructions}
          onInput={(event) => set({ instructions: event.currentTarget.value })}
        />
      </label>
      <button type="submit" class="button primary" disabled={!ready || sending}>
        {sending ? 'Sending…' : 'Write the code'}
      </button>
      {problem === null ? (
        !ready && <p class="hint">Choose a picture first.</p>
      ) : (
        <div role="alert">
          <Notice tone="bad" title="The run could not begin">
            {problem}
          </Notice>
        </div>
      )}
    </section>
  );
}
