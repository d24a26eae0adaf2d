import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Budget, openBudget, type Spending } from '../../runtime/budget.ts';
import type { KeySettings } from '../../runtime/service.ts';
import { Refused } from './refused.ts';

/** Whoever makes a request: the holder of a key, or anybody where there are none. */
export interface Caller {
  /** Null where there are no keys. */
  readonly name: string | null;
  /** What its model calls count against; undefined where nothing bounds them. */
  readonly budget: Budget | undefined;
  /** Counts a request. @throws Refused (429) when there were too many in the last minute. */
  arrive(): void;
  /** Counts work as under way until the function is called. @throws Refused (429) when there is too much of it. */
  hold(): () => void;
  /** @throws Refused (429) when its budget is spent. */
  checkBudget(): void;
}

export interface Keyring {
  readonly callers: readonly Caller[];
  /** @throws Refused (401) when there are keys and this is none of them. */
  identify(authorization: string | undefined): Caller;
  /** The caller of this name, for runs that go on after a restart; undefined when its key is gone. */
  named(name: string | null): Caller | undefined;
}

const MINUTE = 60_000;

/** A new key and what the configuration says of it. */
export function newKey(): { readonly key: string; readonly sha256: string } {
  const key = `vsk_${randomBytes(32).toString('base64url')}`;
  return { key, sha256: digestOf(key).toString('hex') };
}

/** @param spent what was spent with a key before */
export function openKeyring(
  keys: readonly KeySettings[],
  spent: (name: string) => Spending,
  now: () => number = Date.now,
): Keyring {
  const anybody = callerOf(null, {}, undefined, now);
  const holders = keys.map((key) => {
    const { name, sha256, budgetTokens: tokens, budgetCost: cost } = key;
    const bounded = tokens !== undefined || cost !== undefined;
    const budget = bounded
      ? openBudget({ scope: 'key', limits: { tokens, cost }, spent: spent(name), replays: false })
      : undefined;
    return { digest: Buffer.from(sha256, 'hex'), caller: callerOf(name, key, budget, now) };
  });
  return {
    callers: holders.map(({ caller }) => caller),
    identify(authorization) {
      if (holders.length === 0) return anybody;
      const presented = digestOf(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
      // All are compared, each in constant time: how long it takes tells nothing of any key.
      const found = holders.filter(({ digest }) => timingSafeEqual(digest, presented));
      const [holder] = found;
      if (holder) return holder.caller;
      throw new Refused({
        status: 401,
        message:
          authorization === undefined
            ? 'No API key was given. Send it as "Authorization: Bearer KEY".'
            : 'The API key is wrong.',
        code: 'invalid_api_key',
        headers: { 'www-authenticate': 'Bearer' },
      });
    },
    named(name) {
      if (name === null) return anybody;
      return holders.find(({ caller }) => caller.name === name)?.caller;
    },
  };
}

type Limits = Pick<KeySettings, 'requestsPerMinute' | 'concurrency'>;

function callerOf(
  name: string | null,
  { requestsPerMinute = Infinity, concurrency = Infinity }: Partial<Limits>,
  budget: Budget | undefined,
  now: () => number,
): Caller {
  let visits: number[] = [];
  let held = 0;
  return {
    name,
    budget,
    arrive() {
      if (requestsPerMinute === Infinity) return;
      visits = visits.filter((at) => at > now() - MINUTE);
      const [first] = visits;
      if (first !== undefined && visits.length >= requestsPerMinute) {
        const seconds = Math.max(1, Math.ceil((first + MINUTE - now()) / 1000));
        throw tooMuch(`This key may make ${requestsPerMinute} requests a minute.`, seconds);
      }
      visits.push(now());
    },
    hold() {
      if (held >= concurrency) {
        throw tooMuch(`This key may have ${concurrency} requests and runs under way at once.`, 1);
      }
      held += 1;
      let over = false;
      return () => {
        if (!over) held -= 1;
        over = true;
      };
    },
    checkBudget() {
      if (!budget?.left().some(({ left }) => left <= 0) && !budget?.reached) return;
      throw new Refused({
        status: 429,
        message: 'The budget of this key is spent.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
        headers: { 'x-should-retry': 'false' },
      });
    },
  };
}

function tooMuch(message: string, seconds: number): Refused {
  const headers = { 'retry-after': String(seconds) };
  return new Refused({ status: 429, message, code: 'rate_limit_exceeded', headers });
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
