import * as z from 'zod';
import { version } from '../../runtime/version.ts';
import type { Route } from './endpoint.ts';
import { ErrorReply } from './refused.ts';

/** The OpenAPI 3.1 document of these routes: its schemas are JSON Schema, which zod writes itself. */
export function openapiOf(routes: readonly Route[], secured: boolean) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: { title: 'Verisim', version, description: 'Pictures into code, refined. See docs/service.md.' },
    paths,
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
    ...(secured && { security: [{ key: [] }] }),
  };
}

function operationOf({ tag, summary, description, request = {}, replies }: Route) {
  const { params, query, headers, body } = request;
  const parameters = [
    ...parametersOf('path', params),
    ...parametersOf('query', query),
    ...parametersOf('header', headers),
  ];
  const content = Object.entries(body ?? {}).map(([type, schema]) => [
    type,
    { schema: schemaOf(schema, 'input') },
  ]);
  const responses = Object.entries(replies).map(([status, reply]) => [status, responseOf(reply)]);
  return {
    tags: [tag],
    summary,
    ...(description && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: Object.fromEntries(content) } }),
    responses: {
      ...Object.fromEntries(responses),
      default: { ...responseOf(ErrorReply), description: 'An error' },
    },
  };
}

const Fields = z.object({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});

function parametersOf(place: 'path' | 'query' | 'header', fields: z.ZodObject = z.object({})) {
  const { properties, required } = Fields.parse(schemaOf(fields, 'input'));
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
  }));
}

function responseOf(reply: z.ZodType | string | null) {
  if (reply === null) return { description: 'Nothing more' };
  if (typeof reply === 'string') return { description: 'The answer', content: { [reply]: {} } };
  const schema = schemaOf(reply, 'output');
  return { description: reply.description ?? 'The answer', content: { 'application/json': { schema } } };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
