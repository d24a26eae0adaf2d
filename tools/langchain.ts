import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import type { Critic } from '../core/critic.ts';
import type { CriticResult } from '../core/critique.ts';
import { ConfigError } from '../core/errors.ts';
import type { Picture } from '../core/picture.ts';
import type { Renderer, RenderResult } from '../core/render.ts';
import { taskNamed, tasks } from '../core/tasks/index.ts';
import { decodePicture, loadPicture } from './image/decode.ts';

/** Longest side of a picture that a caller may ask for, in pixels. */
const MAX_SIDE = 8192;

export interface RenderToolOptions {
  readonly renderers: readonly [Renderer, ...Renderer[]];
  /** Where pictures are written, named by their digests. Default: a new folder for temporary files. */
  readonly folder?: string;
}

/**
 * A LangChain tool that renders code. Its content is compact JSON: the picture's path and size, or why the code
 * failed; its artifact is the RenderResult itself.
 *
 * @example
 * const agent = createAgent({ model, tools: [renderTool({ renderers }), critiqueTool({ critic })] });
 */
export function renderTool({ renderers, folder }: RenderToolOptions) {
  const [first, ...others] = renderers.map(({ language }) => language);
  let pictures: Promise<string> | undefined;
  const folderOf = async () => {
    if (folder === undefined) return mkdtemp(join(tmpdir(), 'verisim-renders-'));
    await mkdir(folder, { recursive: true });
    return folder;
  };
  return tool(
    async ({ code, language, width, height }, { signal }): Promise<[string, RenderResult]> => {
      const renderer = renderers.find((candidate) => candidate.language === language);
      if (!renderer) throw new ConfigError(`There is no renderer for ${language}.`);
      const size = width !== undefined && height !== undefined && { width, height };
      const result = await renderer.render({ code, ...(size && { size }), ...(signal && { signal }) });
      if (result.kind === 'render-failure') return [JSON.stringify(result), result];
      pictures ??= folderOf();
      const path = join(await pictures, `${result.picture.digest}.png`);
      await writeFile(path, result.picture.png);
      const { picture, hacks } = result;
      const told = { kind: 'rendered', path, width: picture.width, height: picture.height, hacks };
      return [JSON.stringify(told), result];
    },
    {
      name: 'render_code',
      description:
        'Renders code to a picture, isolated from network and files. Returns the path of a PNG, or the error of the code.',
      schema: z.object({
        code: z.string().describe('the complete code'),
        language: z.enum([first ?? '', ...others]).describe('language of the code'),
        width: z.int().min(1).max(MAX_SIDE).optional().describe('pixels, for SVG: those of the reference'),
        height: z.int().min(1).max(MAX_SIDE).optional().describe('pixels, for SVG: those of the reference'),
      }),
      responseFormat: 'content_and_artifact',
    },
  );
}

/**
 * A LangChain tool that lists the differences between a reference picture and a render. Its content is compact
 * JSON: the severity sum and the discrepancies, or why there is no critique; its artifact is the CriticResult.
 */
export function critiqueTool({ critic }: { readonly critic: Critic }) {
  const picture = z.string().describe('path of a picture file, or a data URL');
  const [first, ...others] = tasks.map(({ name }) => name);
  return tool(
    async ({ reference, candidate, task }, { signal }): Promise<[string, CriticResult]> => {
      const result = await critic.critique({
        task: taskNamed(task),
        reference: await pictureAt(reference),
        candidate: await pictureAt(candidate),
        ...(signal && { signal }),
      });
      // What the critic's model wrote and cost is for programs (the artifact), not for the agent to read.
      const { reply: _, usage: __, critic: ___, ...told } = result;
      return [JSON.stringify(told), result];
    },
    {
      name: 'critique_render',
      description:
        'Compares a reference picture with the render of code that should reproduce it. Returns every difference with category, severity (1 minor to 3 severe), location and description; a severitySum of 0 means that nothing differs.',
      schema: z.object({
        reference: picture,
        candidate: picture,
        task: z.enum([first ?? '', ...others]).describe('what the picture shows; svg: an icon or drawing'),
      }),
      responseFormat: 'content_and_artifact',
    },
  );
}

/** @throws ConfigError when it is no picture. */
async function pictureAt(place: string): Promise<Picture> {
  if (!place.startsWith('data:')) return loadPicture(place);
  const base64 = place.slice(place.indexOf(',') + 1);
  return decodePicture(Buffer.from(base64, 'base64'), 'the data URL');
}
