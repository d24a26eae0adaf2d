import sharp from 'sharp';
import type { Critic } from '../../core/critic.ts';
import { type CriticResult, critiqueOf } from '../../core/critique.ts';
import type { Discrepancy, Severity } from '../../core/discrepancy.ts';
import type { GenerateRequest, Generator } from '../../core/generator.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer, RenderResult } from '../../core/render.ts';
import { noUsage, type Usage } from '../../core/usage.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';

export const oneCall: Usage = { ...noUsage, calls: 1, inputTokens: 100, outputTokens: 50, cost: 0.01 };

/** A plain picture; equal seeds give equal pictures. */
export async function plainPicture(seed = 0): Promise<Picture> {
  const background = { r: (seed * 37) % 256, g: (seed * 91) % 256, b: 120 };
  return pictureOfPng(
    await sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toBuffer(),
  );
}

export function discrepancies(...severities: readonly Severity[]): Discrepancy[] {
  return severities.map((severity) => ({
    category: 'shape_error',
    severity,
    location: 'centre',
    description: 'differs',
  }));
}

export function critiqueWith(...severities: readonly Severity[]): CriticResult {
  return critiqueOf({ critic: 'fake', discrepancies: discrepancies(...severities), usage: oneCall });
}

/** Writes `draft 0`, `draft 1`… and remembers what it was asked. */
export function fakeGenerator(
  write: (request: GenerateRequest, index: number) => string | Promise<string> = (_, index) =>
    `draft ${index}`,
): Generator & { readonly requests: GenerateRequest[] } {
  const requests: GenerateRequest[] = [];
  return {
    name: 'fake-generator',
    source: 'simulated',
    requests,
    async generate(request) {
      requests.push(request);
      const code = await write(request, requests.length - 1);
      request.onDelta?.(code);
      return { code, reply: code, usage: oneCall };
    },
  };
}

/** Gives the results in turn, the last one again and again. */
export function fakeCritic(
  ...results: readonly (CriticResult | Error)[]
): Critic & { readonly calls: () => number } {
  let calls = 0;
  return {
    name: 'fake-critic',
    source: 'simulated',
    calls: () => calls,
    async critique() {
      const result = results[Math.min(calls, results.length - 1)];
      calls += 1;
      if (result === undefined) throw new Error('fakeCritic needs a result');
      if (result instanceof Error) throw result;
      return result;
    },
  };
}

/** Renders everything to one plain picture, unless `fail` says otherwise. */
export function fakeRenderer(fail: (code: string) => RenderResult | undefined = () => undefined): Renderer {
  return {
    name: 'fake',
    version: '1',
    language: 'svg',
    async render({ code }) {
      return fail(code) ?? { kind: 'rendered', picture: await plainPicture(code.length), hacks: [] };
    },
    close: async () => {},
  };
}
