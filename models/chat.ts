import type { Retry } from '../core/generator.ts';
import type { Sampling } from '../core/task.ts';
import type { Usage } from '../core/usage.ts';

type Part =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image';
      readonly dataUrl: string;
      /** Pixels as sent: what the call will take is estimated from it before it is made. */
      readonly size?: { readonly width: number; readonly height: number };
    };

/** A JSON Schema that the reply is to follow. */
export interface ResponseFormat {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

export interface ChatRequest {
  readonly system?: string;
  /** The user's message, pictures and text in the order in which the model reads them. */
  readonly parts: readonly Part[];
  readonly sampling?: Sampling;
  /** A server that does not know it answers 400 or 422, thrown as ModelError with that status. */
  readonly responseFormat?: ResponseFormat;
  /** Tells this call from others in the same words, for a call cache; never sent. */
  readonly sample?: number;
  readonly signal?: AbortSignal;
  /** Called with each piece of the reply as it streams in. After a retry the reply starts anew. */
  readonly onDelta?: (text: string) => void;
  readonly onRetry?: (retry: Retry) => void;
}

export interface ChatReply {
  readonly text: string;
  /** Cut off by the token limit, the size limit or the server's end of stream without a finish reason. */
  readonly truncated: boolean;
  readonly usage: Usage;
}

/** A chat model with vision, as agents and critics see it. */
export interface ChatModel {
  /** `provider:model`. */
  readonly name: string;
  readonly source: 'model' | 'simulated';
  /** What decides its replies beside the request: servers, settings. Part of a call cache's key. Default: name. */
  readonly identity?: string;
  /** @throws ModelError when no reply can be had; the signal's reason when aborted. */
  complete(request: ChatRequest): Promise<ChatReply>;
}
