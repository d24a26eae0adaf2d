import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { examplesFolder, type KnownPicture, loadKnownPictures } from '../../../datasets/known.ts';
import { type Damages, damagedCode } from '../../../server/simulate/draft.ts';
import { type Simulator, startSimulator } from '../../../server/simulate/start.ts';
import { dataUrlOf } from '../../../tools/image/encode.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';

type Options = Parameters<typeof startSimulator>[0];

/** The icon of examples/, which renders fastest. */
export async function knownIcon(): Promise<KnownPicture> {
  const icon = (await loadKnownPictures(examplesFolder)).find(({ name }) => name === 'icon');
  if (!icon) throw new Error('examples/ holds no icon');
  return icon;
}

/** A simulator of the icon alone, and the official client on it; both end with the test. */
export async function simulateIcon(options: Options = {}, apiKey = 'any') {
  const [icon, renderer] = [await knownIcon(), svgRenderer()];
  const simulator = await startSimulator(options, { pictures: [icon], renderers: [renderer] });
  onTestFinished(async () => {
    await simulator.close();
    await renderer.close();
  });
  return { icon, renderer, simulator, client: clientOf(simulator, apiKey) };
}

export function clientOf({ url }: Simulator, apiKey = 'any'): OpenAI {
  return new OpenAI({ baseURL: url, apiKey, maxRetries: 0 });
}

type Part = OpenAI.ChatCompletionContentPart;

/** Pictures, in the encoding of the task's critic, then the text. */
export async function userMessage(
  { task }: Pick<KnownPicture, 'task'>,
  pictures: readonly Picture[],
  text: string,
): Promise<OpenAI.ChatCompletionUserMessageParam> {
  const urls = await Promise.all(pictures.map((picture) => dataUrlOf(picture, task.critic.image)));
  const images = urls.map((url): Part => ({ type: 'image_url', image_url: { url } }));
  return { role: 'user', content: [...images, { type: 'text', text }] };
}

export async function renderOf(known: KnownPicture, damages: Damages, renderer: Renderer): Promise<Picture> {
  const { width, height } = known.picture;
  const result = await renderer.render({ code: damagedCode(known, damages), size: { width, height } });
  if (result.kind === 'rendered') return result.picture;
  throw new Error(`a draft of ${known.name} does not render: ${result.message}`);
}

/** A draft's code as a prompt quotes it, with these discrepancies named. */
export function quote(known: KnownPicture, damages: Damages, named: Damages): string {
  const list = named.map(({ description }, index) => `${index + 1}. ${description}`).join('\n');
  return `The draft:\n\`\`\`\n${damagedCode(known, damages)}\n\`\`\`\nMend:\n${list}`;
}

export function textOf(completion: OpenAI.ChatCompletion): string {
  return completion.choices[0]?.message.content ?? '';
}
