import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { Sampling } from '../core/task.ts';
import type { ResponseFormat } from './chat.ts';

/** What one call is made with. */
interface CallSettings {
  readonly url: string;
  readonly sampling: Sampling;
  readonly responseFormat: ResponseFormat | undefined;
  /** Called with each piece of an answer that arrives. */
  readonly touch: () => void;
}

/** Where LangChain's chat models come from: one vendor's package, or any OpenAI-compatible server. */
export interface Provider {
  /** Base URLs; for a vendor's package, what messages call its service. */
  readonly urls: readonly [string, ...string[]];
  /** The key, so that no message repeats it. */
  readonly key: string | undefined;
  /** Where the key is taken from, for messages. */
  readonly keySource: string;
  /** A stream that ends without a finish reason was cut off. */
  readonly tellsFinish: boolean;
  open(settings: CallSettings): BaseChatModel;
}
