import { once } from 'node:events';
import { createServer } from 'node:http';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTracing, tracingBy } from '../../../server/serve/tracing.ts';
import { sampleRun } from '../../support/sample-run.ts';
import { startedService } from './support.ts';

describe('what operators look at', () => {
  it('metrics by route, an OpenAPI document of every route, a page of it, a log without secrets', async () => {
    const service = await startedService();
    await service.post('/v1/render', {
      task: 'svg',
      code: '<svg xmlns="http://www.w3.org/2000/svg" width="9"',
    });
    await service.ask('/v1/runs/0b9cdd3f-3a0e-4a85-9a0b-5b0a3f2f7a11?token=hidden-in-the-query');
    await service.ask('/no/such/place');
    const metrics = await (await service.ask('/metrics')).text();
    expect(metrics).toMatch(
      /http_request_seconds_count\{method="GET",route="\/v1\/runs\/:id",status="404"\} 1/,
    );
    expect(metrics).toMatch(/http_request_seconds_count\{method="GET",route="none",status="404"\} 1/);
    expect(metrics).toMatch(/verisim_calls_total\{what="render",outcome="[a-z-]+"\} 1/);
    expect(metrics).toMatch(/verisim_runs\{state="waiting"\} 0/);

    const openapi = Object(await (await service.ask('/openapi.json')).json());
    expect(openapi.openapi).toBe('3.1.0');
    const operations = Object.entries<object>(openapi.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(operations).toEqual(
      expect.arrayContaining(['post /v1/chat/completions', 'get /v1/runs/{id}/events', 'post /v1/reward']),
    );
    const { schema } = openapi.paths['/v1/reward'].post.requestBody.content['application/json'];
    expect(JSON.stringify(schema)).toContain('data URL, or path below serve.references');
    expect(openapi.paths['/v1/runs'].get.parameters[0]).toMatchObject({
      name: 'limit',
      in: 'query',
      required: false,
    });

    const page = await service.ask('/docs');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(await page.text()).toContain('POST /v1/chat/completions');
    expect(service.logged()).toContain('"status":404');
    expect(service.logged()).not.toContain('hidden-in-the-query');
  });
});

describe('traces', () => {
  it('a run is a span, and each model call in it another, with its tokens', async () => {
    const exporter = new InMemorySpanExporter();
    const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    const tracing = tracingBy(provider);
    const { record } = sampleRun();
    const { id, input, task, language, strategy, generator, critic, rounds } = record;
    tracing.hear(id, { type: 'run-started', id, input, task, language, strategy, generator, critic });
    for (const { index: round, code, usage, ms } of rounds.slice(0, 1)) {
      tracing.hear(id, { type: 'code-generated', round, code, usage: usage.generator, ms: ms.generate });
    }
    tracing.hear(id, { type: 'run-finished', record });
    const [call, run] = exporter.getFinishedSpans();
    expect(run?.name).toBe('invoke_agent verisim');
    expect(run?.attributes).toMatchObject({ 'verisim.run.id': id, 'verisim.stop_reason': record.stopReason });
    expect(call?.name).toMatch(/^chat /);
    expect(call?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.usage.input_tokens': rounds[0]?.usage.generator.inputTokens,
    });
    expect(call?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
    expect(JSON.stringify(call?.attributes)).not.toContain('matplotlib');
    await tracing.close();
  });

  it('go to the collector that the environment names, and nowhere without one', async () => {
    expect(await openTracing({})).toBeUndefined();
    const server = createServer((request, response) => {
      request.resume();
      response.writeHead(200).end('{}');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const address = server.address();
    const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const before = process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = endpoint;
    onTestFinished(() => {
      if (before === undefined) delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    });
    const asked = once(server, 'request');
    const tracing = await openTracing(process.env);
    const { record } = sampleRun();
    const { id, input, task, language, strategy, generator, critic } = record;
    tracing?.hear(id, { type: 'run-started', id, input, task, language, strategy, generator, critic });
    await tracing?.close();
    const [request] = await asked;
    expect(request.url).toBe('/v1/traces');
  });
});
