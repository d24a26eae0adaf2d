import type { Hono } from 'hono';
import type * as z from 'zod';
import type { ServiceContext, ServiceEnv } from './environment.ts';

/** What /openapi.json says of one route. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete';
  /** With parameters in braces: /v1/runs/{id} */
  readonly path: string;
  readonly tag: 'chat' | 'runs' | 'rewards' | 'operation';
  readonly summary: string;
  readonly description?: string;
  readonly request?: {
    readonly params?: z.ZodObject;
    readonly query?: z.ZodObject;
    readonly headers?: z.ZodObject;
    /** Schemas by media type. */
    readonly body?: Readonly<Record<string, z.ZodType>>;
  };
  /** What is answered by status: a schema for JSON, a media type for other things, null for nothing. */
  readonly replies: Readonly<Record<number, z.ZodType | string | null>>;
}

export interface ServiceApp {
  readonly hono: Hono<ServiceEnv>;
  /** Every route that was added. */
  readonly routes: Route[];
}

/** Adds a route. Bodies are read by the handlers, so that all errors are worded in one place. */
export function endpoint(
  { hono, routes }: ServiceApp,
  route: Route,
  handler: (context: ServiceContext) => Response | Promise<Response>,
): void {
  routes.push(route);
  hono.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, parameter), (context) =>
    handler(context),
  );
}

/** The methods that an address takes; none where there is no such address. */
export function methodsAt(path: string, routes: readonly Route[]): readonly string[] {
  const steps = path.split('/');
  const found = routes.filter((route) => {
    const pattern = route.path.split('/');
    const long = pattern.at(-1) === '{model}';
    if (long ? steps.length < pattern.length : steps.length !== pattern.length) return false;
    return pattern.every((step, index) => step.startsWith('{') || step === steps[index]);
  });
  return [...new Set(found.map(({ method }) => method.toUpperCase()))];
}

/** Model names hold slashes; everything else is one step of a path. */
function parameter(_: string, name: string): string {
  return name === 'model' ? ':model{.+}' : `:${name}`;
}
