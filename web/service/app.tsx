import { useEffect, useMemo, useState } from 'preact/hooks';
import { Masthead } from '../components/masthead.tsx';
import { Notice } from '../components/notice.tsx';
import { openClient, ServiceError } from '../lib/client.ts';
import { keepKey, storedKey } from '../lib/key.ts';
import { useRunInAddress } from '../lib/place.ts';
import type { Options } from '../lib/service-schemas.ts';
import { KeyForm } from './key-form.tsx';
import { RunPage } from './run-page.tsx';
import { Start } from './start.tsx';

/** The page of the service: the start, or the run that the address names. */
export function App() {
  const [key, setKey] = useState(storedKey);
  const client = useMemo(() => openClient(key), [key]);
  const [options, setOptions] = useState<Options | ServiceError | null>(null);
  const id = useRunInAddress();

  useEffect(() => {
    client.options().then(setOptions, (error: unknown) => {
      setOptions(error instanceof ServiceError ? error : new ServiceError(0, String(error)));
    });
  }, [client]);

  useEffect(() => {
    if (id === null) document.title = 'Verisim';
  }, [id]);

  return (
    <>
      <Masthead title="Picture to code" home="#/">
        {id !== null && (
          <a class="button" href="#/">
            New picture
          </a>
        )}
      </Masthead>
      {options instanceof ServiceError ? (
        <main>
          {options.status === 401 ? (
            <KeyForm
              problem={key === null ? null : options.message}
              onKey={(given) => {
                keepKey(given);
                setKey(given);
              }}
            />
          ) : (
            <Notice tone="bad" title="This page could not be opened">
              {options.message}
            </Notice>
          )}
        </main>
      ) : options === null ? null : id === null ? (
        <Start client={client} options={options} />
      ) : (
        <RunPage key={id} client={client} id={id} />
      )}
    </>
  );
}
