import { useEffect, useMemo } from 'preact/hooks';

/** Address of what the page holds, for as long as it is shown. */
export function useObjectUrl(blob: Blob): string {
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  return url;
}
