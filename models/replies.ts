import cacache from 'cacache';
import { z } from 'zod';
import { Usage } from '../core/usage.ts';
import type { ChatReply } from './chat.ts';

/** Keeps replies by key. Keys are hexadecimal digests. */
export interface ReplyStore {
  /** Undefined when the key is not there, or what is there is damaged. */
  get(key: string): Promise<ChatReply | undefined>;
  /** Never rejects: a reply that cannot be kept is still a reply. */
  put(key: string, reply: ChatReply): Promise<void>;
}

const Reply = z.object({ text: z.string(), truncated: z.boolean(), usage: Usage });

// Its published types do not know the third parameter.
const removeEntry: (folder: string, key: string, options: { removeFully: boolean }) => Promise<unknown> =
  cacache.rm.entry;

/**
 * Keeps replies in a folder, one file each, checked by its digest whenever it is read: what a crash tore is
 * not there. Nothing is ever removed: what was paid for stays until the user deletes the folder.
 */
export function diskReplies(folder: string): ReplyStore {
  return {
    async get(key) {
      try {
        const { data } = await cacache.get(folder, key, { memoize: false });
        return Reply.parse(JSON.parse(data.toString()));
      } catch (error) {
        if (!isMissing(error)) await forget(folder, key).catch(() => undefined);
        return undefined;
      }
    },
    async put(key, { text, truncated, usage }) {
      const content = JSON.stringify({ text, truncated, usage });
      await cacache.put(folder, key, content, { memoize: false }).catch(() => undefined);
    },
  };
}

/** cacache leaves content alone whose digest it believes to hold: a damaged one has to go first. */
async function forget(folder: string, key: string): Promise<void> {
  const info = await cacache.get.info(folder, key);
  if (info) await cacache.rm.content(folder, info.integrity);
  await removeEntry(folder, key, { removeFully: true });
}

function isMissing(error: unknown): boolean {
  return z.object({ code: z.literal('ENOENT') }).safeParse(error).success;
}
