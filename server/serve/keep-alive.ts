import type { StreamingApi } from 'hono/utils/stream';

/** Writes a comment now and then, so that no proxy takes silence for death; none while the last one is not read. */
export function keepAlive(out: StreamingApi, seconds: number): { end(): void } {
  let unread = false;
  const timer = setInterval(() => {
    if (unread || out.aborted) return;
    unread = true;
    void out.write(': keep-alive\n\n').finally(() => {
      unread = false;
    });
  }, seconds * 1000);
  return { end: () => clearInterval(timer) };
}
