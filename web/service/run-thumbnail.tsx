import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../lib/client.ts';
import type { RunSummary } from '../lib/service-schemas.ts';
import { useObjectUrl } from '../lib/use-object-url.ts';

/** The reference picture of a run, small. */
export function RunThumbnail({ client, run: { id, picture } }: { client: Client; run: RunSummary }) {
  const [blob, setBlob] = useState<Blob | null>(null);
  useEffect(() => {
    let current = true;
    client.picture(id, picture).then(
      (loaded) => current && setBlob(loaded),
      // Without it the frame stays empty.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, id, picture]);
  return <span class="thumbnail">{blob && <Image blob={blob} />}</span>;
}

function Image({ blob }: { blob: Blob }) {
  return <img src={useObjectUrl(blob)} alt="" draggable={false} />;
}
