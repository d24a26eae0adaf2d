import { useEffect, useState } from 'preact/hooks';

/** Id of the run that the address names (`#/runs/ID`), null at the start. */
export function useRunInAddress(): string | null {
  const [id, setId] = useState(runInAddress);
  useEffect(() => {
    const moved = () => {
      setId(runInAddress());
      scrollTo({ top: 0, behavior: 'instant' });
    };
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return id;
}

/** The address of a run's page. */
export function addressOf(id: string): string {
  return `#/runs/${id}`;
}

function runInAddress(): string | null {
  return /^#\/runs\/([\w-]{1,64})$/.exec(location.hash)?.[1] ?? null;
}
