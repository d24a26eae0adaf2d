import { z } from 'zod';
import type { Check } from '../core/check.ts';
import { ConfigError } from '../core/errors.ts';
import { failureOf } from './failure.ts';
import { bounded } from './fetch.ts';
import { langchainProvider } from './langchain.ts';
import { type Environment, openaiAccess } from './openai.ts';
import { type ModelSpec, parseModelSpec, splitName } from './spec.ts';

const ModelList = z.object({ data: z.array(z.object({ id: z.string() })) });
/** Milliseconds for a server to list its models. */
const PATIENCE = 10_000;
const MAX_NAMED = 5;
const MAX_BYTES = 8 * 1024 * 1024;

/** Whether a model can be asked: its server answers and lists it. Costs nothing; never throws. */
export async function checkModel(
  input: z.input<typeof ModelSpec>,
  env: Environment = process.env,
  signal?: AbortSignal,
): Promise<Check> {
  const name = `model ${input.name}`;
  try {
    const spec = parseModelSpec(input);
    const { provider, model } = splitName(spec.name);
    if (provider !== 'openai') {
      await langchainProvider(spec, env);
      return {
        name,
        ok: true,
        detail: `the package for ${provider}: is installed; its service is not asked`,
      };
    }
    const { urls, key } = openaiAccess(spec, env);
    const checks = await Promise.all(urls.map((url) => checkServer({ url, key, model, signal })));
    const wrong = checks.find(({ ok }) => !ok);
    const detail = checks.map((check) => check.detail).join('; ');
    return { name, ok: !wrong, detail, ...(wrong?.remedy && { remedy: wrong.remedy }) };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { name, ok: false, detail: error.message };
  }
}

interface Question {
  readonly url: string;
  readonly key: string | undefined;
  readonly model: string;
  readonly signal: AbortSignal | undefined;
}

async function checkServer({ url, key, model, signal }: Question): Promise<Omit<Check, 'name'>> {
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const response = await fetch(`${url}/models`, {
      headers: key ? { authorization: `Bearer ${key}` } : {},
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    if (!response.ok) {
      const remedy =
        response.status === 401 || response.status === 403
          ? 'set the right key in the environment'
          : 'check the base URL (it ends in /v1) and the server';
      return { ok: false, detail: `${url} answers HTTP ${response.status}`, remedy };
    }
    const { data } = ModelList.parse(await bounded(response, MAX_BYTES).json());
    const ids = data.map(({ id }) => id);
    if (ids.includes(model)) return { ok: true, detail: `${url} answers and serves it` };
    const others = ids.slice(0, MAX_NAMED).join(', ');
    return {
      ok: false,
      detail: `${url} answers but does not list ${model}`,
      remedy: ids.length > 0 ? `use one that it lists: ${others}` : 'load the model into the server',
    };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = patience.aborted ? `no answer within ${PATIENCE / 1000} s` : failureOf(error).reason;
    return {
      ok: false,
      detail: `${url} cannot be asked: ${error instanceof z.ZodError ? 'it lists no models' : reason}`,
      remedy: 'start the server, or set OPENAI_BASE_URL or baseUrl to where it is',
    };
  }
}
