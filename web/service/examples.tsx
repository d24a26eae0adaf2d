import { examples } from '../lib/examples.ts';
import { taskLabels } from '../lib/labels.ts';
import { useObjectUrl } from '../lib/use-object-url.ts';

interface Props {
  readonly chosen: File | null;
  readonly onChoose: (picture: File, task: string) => void;
}

/** Pictures to begin with, for who has none at hand. */
export function Examples({ chosen, onChoose }: Props) {
  return (
    <section class="examples" aria-label="Examples">
      <h2>Or take an example</h2>
      <div class="example-row">
        {examples.map(({ task, file }) => (
          <button
            key={task}
            type="button"
            class="example"
            aria-pressed={file === chosen}
            onClick={() => onChoose(file, task)}
          >
            <Thumbnail file={file} />
            <span>{taskLabels[task]}</span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Thumbnail({ file }: { file: File }) {
  return <img src={useObjectUrl(file)} alt="" draggable={false} />;
}
