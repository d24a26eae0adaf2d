import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RunEvent } from '../../core/event.ts';
import type { Usage } from '../../core/usage.ts';
import type { Admission } from './admission.ts';
import { endpoint, type ServiceApp } from './endpoint.ts';
import type { ServiceEnv } from './environment.ts';
import type { CallKind } from './rewards/observe.ts';

export interface Metrics {
  /** Counts each request by its route, never by its path: names in paths would be without bound. */
  readonly requests: MiddlewareHandler<ServiceEnv>;
  event(event: RunEvent): void;
  call(what: CallKind, outcome: string): void;
  /** A call without an outcome, by the code of its error. */
  fault(what: CallKind, code: string): void;
  text(): Promise<string>;
}

const seconds = [0.005, 0.02, 0.1, 0.5, 1, 5, 20, 60, 300];

/** What Prometheus reads: requests, runs, calls, tokens, cost, queues, and the process itself. */
export function openMetrics(queues: Readonly<Record<'runs' | 'calls', Admission>>): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register });
  const http = new Histogram({
    name: 'verisim_http_request_seconds',
    help: 'seconds until an answer began, by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: seconds,
    registers,
  });
  const runs = new Histogram({
    name: 'verisim_run_seconds',
    help: 'seconds of runs that ended, by stop reason',
    labelNames: ['stop_reason'],
    buckets: seconds,
    registers,
  });
  const calls = new Counter({
    name: 'verisim_calls_total',
    help: 'renders, critiques, scores and rewards, by outcome',
    labelNames: ['what', 'outcome'],
    registers,
  });
  const faults = new Counter({
    name: 'verisim_call_errors_total',
    help: 'renders, critiques, scores and rewards without an outcome, by the code of their error',
    labelNames: ['what', 'code'],
    registers,
  });
  const tokens = new Counter({
    name: 'verisim_tokens_total',
    help: 'tokens that model calls of runs took',
    labelNames: ['role', 'kind'],
    registers,
  });
  const cost = new Counter({
    name: 'verisim_cost_dollars_total',
    help: 'US dollars that model calls of runs cost, by the configured prices',
    labelNames: ['role'],
    registers,
  });
  for (const [name, queue] of Object.entries(queues)) {
    new Gauge({
      name: `verisim_${name}`,
      help: `${name} at work and waiting`,
      labelNames: ['state'],
      registers,
      collect() {
        this.set({ state: 'busy' }, queue.busy);
        this.set({ state: 'waiting' }, queue.waiting);
      },
    });
  }
  const spend = (role: 'generator' | 'critic', usage: Usage) => {
    tokens.inc({ role, kind: 'input' }, usage.inputTokens);
    tokens.inc({ role, kind: 'output' }, usage.outputTokens);
    // A counter refuses the hair's breadth below zero that rounding can give.
    cost.inc({ role }, Math.max(0, usage.cost - (usage.replayedCost ?? 0)));
  };
  return {
    async requests(context, next) {
      const started = performance.now();
      await next();
      const route = matchedRoutes(context).at(-1)?.path ?? '';
      const known = route.endsWith('*') ? 'none' : route;
      const labels = { method: context.req.method, route: known, status: context.res.status };
      http.observe(labels, (performance.now() - started) / 1000);
    },
    event(event) {
      if (event.type === 'code-generated') spend('generator', event.usage);
      else if (event.type === 'critique-finished') spend('critic', event.critique.usage);
      else if (event.type === 'run-finished') {
        const { stopReason, totals } = event.record;
        runs.observe({ stop_reason: stopReason }, totals.milliseconds / 1000);
      }
    },
    call: (what, outcome) => calls.inc({ what, outcome }),
    fault: (what, code) => faults.inc({ what, code }),
    text: () => register.metrics(),
  };
}

export function metricsRoute(app: ServiceApp, metrics: Metrics): void {
  endpoint(
    app,
    {
      method: 'get',
      path: '/metrics',
      tag: 'operation',
      summary: 'Figures for Prometheus',
      replies: { 200: 'text/plain' },
    },
    async (context) =>
      context.body(await metrics.text(), 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }),
  );
}
