import type { RenderResult } from '../../../core/render.ts';
import type { RenderStore } from './store.ts';

/** Bytes that an entry takes beside its PNG: key, text and bookkeeping. */
const OVERHEAD = 1000;

/** Keeps results in this process, those used last. `maxBytes`: of all pictures together, bytes. */
export function memoryStore({ maxBytes }: { readonly maxBytes: number }): RenderStore {
  // A Map keeps the order of insertion: the first one was used longest ago.
  const entries = new Map<string, RenderResult>();
  let bytes = 0;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    bytes -= sizeOf(entry);
    entries.delete(key);
  }

  return {
    async get(key) {
      const entry = entries.get(key);
      if (entry) {
        entries.delete(key);
        entries.set(key, entry);
      }
      return entry;
    },
    async put(key, result) {
      drop(key);
      entries.set(key, result);
      bytes += sizeOf(result);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
  };
}

function sizeOf(result: RenderResult): number {
  return OVERHEAD + (result.kind === 'rendered' ? result.picture.png.byteLength : 0);
}
