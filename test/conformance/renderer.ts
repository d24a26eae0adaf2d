import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Rendered, type Renderer, RenderFailure, type RenderResult } from '../../core/render.ts';
import { descendants } from './descendants.ts';

export interface RendererCase {
  /** A renderer of its own for each call. */
  readonly make: () => Renderer;
  /** Code that draws something, and code that draws something else. */
  readonly drawing: string;
  readonly other: string;
  /** Code that cannot render, what becomes of it, and the line where the fault stands if it can be known. */
  readonly broken: {
    readonly code: string;
    readonly outcome: RenderFailure['outcome'];
    readonly line?: number;
  };
  /** Code that renders to one colour; left out where the language has none. */
  readonly blank?: string;
  /** Code whose render takes far longer than a second; left out where none is known. */
  readonly slow?: string;
  /** Reference size given with every request, for renderers that follow it. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** What every Renderer of core/render.ts promises. */
export function rendererConformance(name: string, conditions: RendererCase): void {
  const { drawing, other, broken, blank, slow, size } = conditions;
  const requestOf = (code: string, signal?: AbortSignal) => ({
    code,
    ...(size && { size }),
    ...(signal && { signal }),
  });
  const fresh = () => {
    const renderer = conditions.make();
    onTestFinished(() => renderer.close());
    return renderer;
  };

  describe(`${name} is a Renderer`, () => {
    it('names itself, its version and its language', () => {
      const { name, version, language } = fresh();
      for (const text of [name, version, language]) expect(text).toMatch(/\S/);
    });

    it('renders to an 8-bit sRGB PNG without alpha, named by its SHA-256', async () => {
      const { picture } = rendered(await fresh().render(requestOf(drawing)));
      const header = await sharp(picture.png).metadata();
      expect(header).toMatchObject({ format: 'png', space: 'srgb', depth: 'uchar', channels: 3 });
      expect([header.width, header.height]).toEqual([picture.width, picture.height]);
      expect(picture.digest).toBe(createHash('sha256').update(picture.png).digest('hex'));
    });

    it('calls honest code no hack', async () => {
      expect(rendered(await fresh().render(requestOf(drawing))).hacks).toEqual([]);
    });

    it('gives the same bytes again: in turn, at the same time, and from another renderer', async () => {
      const [one, two] = [fresh(), fresh()];
      const results = [await one.render(requestOf(drawing)), await one.render(requestOf(drawing))];
      results.push(...(await Promise.all([drawing, drawing].map((code) => one.render(requestOf(code))))));
      results.push(await two.render(requestOf(drawing)));
      expect(new Set(results.map((result) => rendered(result).picture.digest)).size).toBe(1);
    });

    it('gives each of many requests at the same time its own picture', async () => {
      const renderer = fresh();
      const alone = new Map<string, string>();
      for (const code of [drawing, other]) {
        alone.set(code, rendered(await renderer.render(requestOf(code))).picture.digest);
      }
      expect(alone.get(drawing)).not.toBe(alone.get(other));
      const codes = [drawing, other, other, drawing, broken.code, drawing, other];
      const results = await Promise.all(codes.map((code) => renderer.render(requestOf(code))));
      for (const [index, result] of results.entries()) {
        const expected = alone.get(codes[index] ?? '');
        if (expected === undefined) expect(result.kind).toBe('render-failure');
        else expect(rendered(result).picture.digest).toBe(expected);
      }
    });

    it('returns broken code as data, with one line that says what is wrong', async () => {
      const failure = failed(await fresh().render(requestOf(broken.code)));
      expect(failure.outcome).toBe(broken.outcome);
      expect(failure.message).toMatch(/^[^\n]{3,500}$/);
      if (broken.line !== undefined) expect(failure.line).toBe(broken.line);
    });

    it('calls an empty text no-code', async () => {
      expect(failed(await fresh().render(requestOf(' \n'))).outcome).toBe('no-code');
    });

    if (blank !== undefined) {
      it('calls a picture of one colour blank', async () => {
        expect(failed(await fresh().render(requestOf(blank))).outcome).toBe('blank');
      });
    }

    it('rejects with the reason of a signal that is aborted already, and works afterwards', async () => {
      const renderer = fresh();
      const reason = new Error('not wanted');
      await expect(renderer.render(requestOf(drawing, AbortSignal.abort(reason)))).rejects.toBe(reason);
      rendered(await renderer.render(requestOf(drawing)));
    });

    it('ends a render at once when its signal is aborted, and works afterwards', async () => {
      const renderer = fresh();
      rendered(await renderer.render(requestOf(drawing)));
      const abort = new AbortController();
      const reason = new Error('changed my mind');
      const running = renderer.render(requestOf(slow ?? drawing, abort.signal));
      setTimeout(() => abort.abort(reason), slow === undefined ? 0 : 200);
      const aborted = await running.then(
        () => undefined,
        (error: unknown) => error,
      );
      if (slow !== undefined || aborted !== undefined) expect(aborted).toBe(reason);
      rendered(await renderer.render(requestOf(drawing)));
    });

    it('leaves no process when it is closed, even in the middle of a render', async () => {
      const before = new Set(await descendants());
      const renderer = conditions.make();
      rendered(await renderer.render(requestOf(drawing)));
      const running = renderer.render(requestOf(slow ?? drawing)).catch((error: unknown) => error);
      await renderer.close();
      await running;
      await renderer.close();
      expect((await descendants()).filter((pid) => !before.has(pid))).toEqual([]);
    });
  });
}

/** The result, which must be a picture. */
export function rendered(result: RenderResult): Rendered {
  expect(result, JSON.stringify(result.kind === 'rendered' ? 'rendered' : result)).toMatchObject({
    kind: 'rendered',
  });
  if (result.kind !== 'rendered') throw new Error('no picture');
  return result;
}

/** The result, which must be a well-formed failure. */
export function failed(result: RenderResult): RenderFailure {
  return RenderFailure.strict().parse(result);
}
