import type { Context, Env } from 'hono';
import type { Caller } from './keys.ts';

/** What middleware has found out about a request. */
export interface ServiceEnv extends Env {
  readonly Variables: {
    readonly caller: Caller;
    readonly requestId: string;
  };
}

export type ServiceContext = Context<ServiceEnv>;
