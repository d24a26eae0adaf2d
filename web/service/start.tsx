import { useState } from 'preact/hooks';
import { type Client, ServiceError } from '../lib/client.ts';
import { addressOf } from '../lib/place.ts';
import { refusedFile } from '../lib/refused-file.ts';
import type { Options } from '../lib/service-schemas.ts';
import { Examples } from './examples.tsx';
import { PastRuns } from './past-runs.tsx';
import { PictureField } from './picture-field.tsx';
import { firstChoice, RunSettings, wishOf } from './run-settings.tsx';

interface Props {
  readonly client: Client;
  readonly options: Options;
}

/** Where a run begins: the picture, what to do with it, and the runs before. */
export function Start({ client, options }: Props) {
  const [picture, setPicture] = useState<File | null>(null);
  const [choice, setChoice] = useState(() => firstChoice(options));
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function take(file: File | null) {
    const reason = file && refusedFile(file, options.pictureBytes);
    setRefused(reason);
    setProblem(null);
    if (reason === null) setPicture(file);
  }

  async function begin(file: File) {
    setSending(true);
    setProblem(null);
    try {
      location.hash = addressOf((await client.begin(file, wishOf(choice))).id);
    } catch (error) {
      setSending(false);
      setProblem(error instanceof ServiceError ? error.message : String(error));
    }
  }

  return (
    <main>
      <div class="opening">
        <h1>From a picture to the code that draws it</h1>
        <p class="lead">
          The code is rendered, a critic lists every difference from your picture, and the code is revised,
          until nothing differs.
        </p>
      </div>
      <form
        class="start"
        onSubmit={(event) => {
          event.preventDefault();
          if (picture) void begin(picture);
        }}
      >
        <div class="start-picture">
          <PictureField picture={picture} onPicture={take} problem={refused} />
          <Examples
            chosen={picture}
            onChoose={(file, task) => {
              take(file);
              setChoice({ ...choice, task, language: '' });
            }}
          />
        </div>
        <RunSettings
          options={options}
          choice={choice}
          onChoose={setChoice}
          ready={picture !== null}
          sending={sending}
          problem={problem}
        />
      </form>
      <PastRuns client={client} />
    </main>
  );
}
