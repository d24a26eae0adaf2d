import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Critic } from '../../core/critic.ts';
import { CriticResult, type Critique, severitySumOf } from '../../core/critique.ts';
import type { Picture } from '../../core/picture.ts';
import type { Task } from '../../core/task.ts';

export interface CriticUnderTest {
  readonly critic: Critic;
  readonly task: Task;
  readonly reference: Picture;
  /** A render that plainly differs from the reference. */
  readonly candidate: Picture;
  close?(): Promise<void>;
}

/**
 * What every Critic keeps to, whatever stands behind it.
 *
 * @example
 * criticConformance('embedded', async () => ({ critic: embeddedCritic(), task: svg, reference, candidate }));
 */
export function criticConformance(name: string, open: () => Promise<CriticUnderTest>): void {
  describe(`${name} is a Critic`, () => {
    let subject: CriticUnderTest | undefined;
    const opened = (): CriticUnderTest => {
      if (!subject) throw new Error('the critic under test was not opened');
      return subject;
    };
    const critique = (candidate: Picture, signal?: AbortSignal) => {
      const { critic, task, reference } = opened();
      return critic.critique(Object.freeze({ task, reference, candidate, ...(signal && { signal }) }));
    };
    const critiqued = async (candidate: Picture): Promise<Critique> => {
      const result = await critique(candidate);
      if (result.kind === 'critique') return result;
      throw new Error(`the critic failed: ${result.reason}`);
    };

    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject?.close?.();
    });

    it('has a name and says what stands behind it', () => {
      expect(opened().critic.name).not.toBe('');
      expect(['model', 'embedded', 'simulated']).toContain(opened().critic.source);
    });

    it('finds nothing between a picture and itself', async () => {
      expect(await critiqued(opened().reference)).toMatchObject({ discrepancies: [], severitySum: 0 });
    });

    it('lists what differs, in the categories of the task, summed up from the list', async () => {
      const result = await critiqued(opened().candidate);
      expect(CriticResult.parse(result)).toEqual(result);
      expect(result.critic).toBe(opened().critic.name);
      expect(result.discrepancies.length).toBeGreaterThan(0);
      expect(result.severitySum).toBe(severitySumOf(result.discrepancies));
      for (const { category, description } of result.discrepancies) {
        expect(opened().task.categories).toContain(category);
        expect(description).not.toBe('');
      }
    });

    it('gives boxes within the reference picture, if any', async () => {
      for (const { box } of (await critiqued(opened().candidate)).discrepancies) {
        if (!box) continue;
        const [x, y, width, height] = box;
        expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0);
        expect(Math.max(x + width, y + height)).toBeLessThanOrEqual(1 + 1e-9);
      }
    });

    it('says what it cost', async () => {
      const { usage } = await critiqued(opened().candidate);
      if (opened().critic.source === 'embedded') expect(usage.calls).toBe(0);
      else expect(usage.calls).toBeGreaterThan(0);
    });

    it("rejects with the signal's reason when aborted before", async () => {
      const reason = new Error('stop before');
      await expect(critique(opened().candidate, AbortSignal.abort(reason))).rejects.toBe(reason);
    });

    it("rejects with the signal's reason when aborted meanwhile, or was done by then", async () => {
      const reason = new Error('stop meanwhile');
      const controller = new AbortController();
      const running = critique(opened().candidate, controller.signal);
      queueMicrotask(() => controller.abort(reason));
      const ended = await running.then(
        () => reason,
        (error: unknown) => error,
      );
      expect(ended).toBe(reason);
    });

    it('answers several requests at once', async () => {
      const { candidate, reference } = opened();
      const results = await Promise.all([candidate, reference, candidate].map(critiqued));
      expect(results.map(({ severitySum }) => severitySum > 0)).toEqual([true, false, true]);
    });
  });
}
