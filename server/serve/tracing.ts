import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import type { RunEvent } from '../../core/event.ts';
import type { ModelRecord } from '../../core/record.ts';
import type { Usage } from '../../core/usage.ts';
import { version } from '../../runtime/version.ts';

/** Turns the events of runs into OpenTelemetry traces, by the conventions for generative AI. */
export interface Tracing {
  hear(run: string, event: RunEvent): void;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

interface OpenTrace {
  readonly span: Span;
  readonly context: Context;
  readonly started: RunEvent & { type: 'run-started' };
}

/**
 * Traces to where OTEL_EXPORTER_OTLP_ENDPOINT (or _TRACES_ENDPOINT) says; undefined where neither is set. No
 * prompt, picture or code is sent.
 */
export async function openTracing(env: NodeJS.ProcessEnv): Promise<Tracing | undefined> {
  if (!env['OTEL_EXPORTER_OTLP_ENDPOINT'] && !env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']) return undefined;
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({
      'service.name': env['OTEL_SERVICE_NAME'] ?? 'verisim',
      'service.version': version,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return tracingBy(provider);
}

export function tracingBy(provider: Pick<TracerProvider, 'getTracer' | 'shutdown'>): Tracing {
  const tracer = provider.getTracer('verisim', version);
  const open = new Map<string, OpenTrace>();

  /** A stage that has just ended, and took so many milliseconds. */
  const stage = (
    { context }: OpenTrace,
    name: string,
    kind: SpanKind,
    ms: number,
    attributes: Attributes,
  ) => {
    const end = Date.now();
    tracer.startSpan(name, { kind, startTime: end - ms, attributes }, context).end(end);
  };
  const model = (of: OpenTrace, { name, source }: ModelRecord, role: string, usage: Usage, ms: number) => {
    if (source === 'embedded') return stage(of, `${role} ${name}`, SpanKind.INTERNAL, ms, {});
    const [provider = '', ...rest] = name.split(':');
    stage(of, `chat ${rest.join(':')}`, SpanKind.CLIENT, ms, {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': provider,
      'gen_ai.request.model': rest.join(':'),
      'gen_ai.usage.input_tokens': usage.inputTokens,
      'gen_ai.usage.output_tokens': usage.outputTokens,
      'verisim.role': role,
      'verisim.calls': usage.calls,
    });
  };
  return {
    hear(run, event) {
      if (event.type === 'run-started') {
        const attributes = {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.name': 'verisim',
          'verisim.run.id': run,
          'verisim.task': event.task,
          'verisim.strategy': event.strategy.name,
        };
        const span = tracer.startSpan('invoke_agent verisim', { attributes }, ROOT_CONTEXT);
        open.set(run, { span, context: trace.setSpan(ROOT_CONTEXT, span), started: event });
        return;
      }
      const of = open.get(run);
      if (!of) return;
      const { generator, critic, language } = of.started;
      if (event.type === 'code-generated') model(of, generator, 'generator', event.usage, event.ms);
      else if (event.type === 'critique-finished') {
        model(of, critic ?? generator, 'critic', event.critique.usage, event.ms);
      } else if (event.type === 'render-finished') {
        const { kind } = event.render;
        stage(of, `render ${language}`, SpanKind.INTERNAL, event.ms, { 'verisim.render': kind });
      } else if (event.type === 'run-finished') {
        const { stopReason, rounds, message } = event.record;
        of.span.setAttributes({ 'verisim.stop_reason': stopReason, 'verisim.rounds': rounds.length });
        if (stopReason === 'failed') of.span.setStatus({ code: SpanStatusCode.ERROR, message });
        of.span.end();
        open.delete(run);
      }
    },
    async close() {
      for (const { span } of open.values()) span.end();
      await provider.shutdown();
    },
  };
}
