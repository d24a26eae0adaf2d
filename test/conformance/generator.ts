import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { critiqueOf } from '../../core/critique.ts';
import type { GenerateRequest, Generator, PreviousDraft } from '../../core/generator.ts';
import { noUsage, Usage } from '../../core/usage.ts';

export interface GeneratorUnderTest {
  readonly generator: Generator;
  /** A request that the generator can answer well; frozen by the suite. */
  readonly request: Omit<GenerateRequest, 'previous' | 'signal' | 'onDelta' | 'onRetry'>;
  /** Code of the request's language with a flaw that a critic would name. */
  readonly draft: string;
  close?(): Promise<void>;
}

/**
 * What every Generator keeps to, whatever stands behind it.
 *
 * @example
 * generatorConformance('embedded', async () => ({ generator: embeddedGenerator(), request, draft }));
 */
export function generatorConformance(name: string, open: () => Promise<GeneratorUnderTest>): void {
  describe(`${name} is a Generator`, () => {
    let subject: GeneratorUnderTest | undefined;
    const opened = (): GeneratorUnderTest => {
      if (!subject) throw new Error('the generator under test was not opened');
      return subject;
    };
    const generate = (extra: Partial<GenerateRequest> = {}) =>
      opened().generator.generate(Object.freeze({ ...opened().request, ...extra }));

    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject?.close?.();
    });

    it('has a name and says what stands behind it', () => {
      expect(opened().generator.name).not.toBe('');
      expect(['model', 'embedded', 'simulated']).toContain(opened().generator.source);
    });

    it('writes code for a picture: bare, with what it cost', async () => {
      const { code, reply, usage } = await generate();
      expect(code.trim()).not.toBe('');
      expect(code).not.toMatch(/^\s*```/);
      expect(reply).not.toBe('');
      expect(Usage.parse(usage)).toEqual(usage);
      if (opened().generator.source === 'embedded') expect(usage.calls).toBe(0);
      else expect(usage.calls).toBeGreaterThan(0);
    });

    it('streams pieces that make up the reply, if it streams at all', async () => {
      const pieces: string[] = [];
      const { reply } = await generate({ onDelta: (text) => pieces.push(text) });
      if (pieces.length > 0) expect(pieces.join('')).toBe(reply);
    });

    const feedback: Record<string, (request: GeneratorUnderTest) => PreviousDraft['feedback']> = {
      'a critique': ({ request }) =>
        critiqueOf({
          critic: 'conformance',
          discrepancies: [
            {
              category: request.task.categories[0] ?? '',
              severity: 2,
              location: 'upper left',
              description: 'a part is missing',
              box: [0, 0, 0.5, 0.5],
            },
          ],
          usage: noUsage,
        }),
      'a critique without boxes or locations': ({ request }) =>
        critiqueOf({
          critic: 'conformance',
          discrepancies: [
            {
              category: request.task.categories.at(-1) ?? '',
              severity: 1,
              location: '',
              description: 'differs',
            },
          ],
          usage: noUsage,
        }),
      'a critic failure': () => ({
        kind: 'critic-failure',
        critic: 'conformance',
        reason: 'the reply held no JSON',
        usage: noUsage,
      }),
      'a render failure': () => ({
        kind: 'render-failure',
        outcome: 'syntax-error',
        message: 'unexpected end',
        line: 1,
        detail: 'line 1: unexpected end',
      }),
    };
    for (const [kind, make] of Object.entries(feedback)) {
      it(`revises a draft on ${kind}`, async () => {
        const previous = { code: opened().draft, feedback: make(opened()) };
        const { code, usage } = await generate({ previous });
        expect(code.trim()).not.toBe('');
        expect(Usage.safeParse(usage).success).toBe(true);
      });
    }

    it("rejects with the signal's reason when aborted before", async () => {
      const reason = new Error('stop before');
      await expect(generate({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });

    it("rejects with the signal's reason when aborted meanwhile, or was done by then", async () => {
      const reason = new Error('stop meanwhile');
      const controller = new AbortController();
      const running = generate({ signal: controller.signal });
      queueMicrotask(() => controller.abort(reason));
      const ended = await running.then(
        () => reason,
        (error: unknown) => error,
      );
      expect(ended).toBe(reason);
    });

    it('answers several requests at once', async () => {
      const all = await Promise.all([generate(), generate(), generate()]);
      for (const { code } of all) expect(code.trim()).not.toBe('');
    });
  });
}
