/**
 * Milliseconds that a Retry-After header asks to wait: whole seconds or an HTTP date (RFC 9110, 10.2.3).
 * Undefined when there is none or it cannot be read.
 */
export function retryAfterOf(header: string | null | undefined, now = Date.now()): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
