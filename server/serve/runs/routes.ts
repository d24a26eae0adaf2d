import * as z from 'zod';
import { type Round, RunRecord } from '../../../core/record.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { reportHtml } from '../../../runtime/report.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { parseValue } from '../body.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { ServiceContext } from '../environment.ts';
import { Refused } from '../refused.ts';
import type { RunDesk } from './desk.ts';
import { RunSummary } from './request.ts';
import type { Run } from './run.ts';
import { streamEvents } from './stream.ts';
import { RunBody, RunForm, readWish, type WishParts } from './wish.ts';

const RunReply = RunSummary.extend({ record: RunRecord.nullable().describe('null until it is finished') });
const RunList = z.object({ data: z.array(RunSummary), hasMore: z.boolean() });
const Id = z.object({ id: z.uuid() });
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  before: z.uuid().optional().describe('id of a run: those that came before it'),
});

export interface RunRouteParts extends WishParts {
  readonly desk: RunDesk;
  /** Seconds between signs of life on a silent stream. */
  readonly keepAlive: number;
  /** Ends streams when the server stops. */
  readonly stopping: AbortSignal;
}

export function runRoutes(app: ServiceApp, { desk, keepAlive, stopping, ...parts }: RunRouteParts): void {
  const found = (context: ServiceContext): Run =>
    desk.find(context.req.param('id') ?? '', context.var.caller);
  const reply = async (run: Run) => ({ ...run.summary(), record: await run.folder.record() });

  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/runs',
      tag: 'runs',
      summary: 'Begin a run',
      description: 'Answers at once; the run goes on, also when this server is killed and started again.',
      request: {
        headers: z.object({
          'idempotency-key': z
            .string()
            .optional()
            .describe('sent again with the same request, gives the same run'),
        }),
        body: { 'application/json': RunBody, 'multipart/form-data': RunForm },
      },
      replies: { 202: RunSummary, 200: RunSummary.describe('The run that an earlier request began') },
    },
    async (context) => {
      const { wish, picture } = await readWish(context, parts);
      const { run, isNew, end } = await desk.begin(wish, picture, context.var.caller);
      // What goes wrong is in its record.
      end.catch(() => undefined);
      return context.json(run.summary(), isNew ? 202 : 200, { location: `/v1/runs/${run.request.id}` });
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs',
      tag: 'runs',
      summary: 'Runs, newest first',
      request: { query: Page },
      replies: { 200: RunList },
    },
    (context) => {
      const { limit, before } = parseValue(context.req.query(), Page);
      const all = desk.list(context.var.caller);
      const start = before === undefined ? 0 : all.findIndex(({ request }) => request.id === before) + 1;
      const data = all.slice(start, start + limit).map((run) => run.summary());
      return context.json({ data, hasMore: all.length > start + limit });
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs/{id}',
      tag: 'runs',
      summary: 'One run',
      request: { params: Id },
      replies: { 200: RunReply },
    },
    async (context) => context.json(await reply(found(context))),
  );

  endpoint(
    app,
    {
      method: 'delete',
      path: '/v1/runs/{id}',
      tag: 'runs',
      summary: 'Cancel a run; what is done is kept',
      request: { params: Id },
      replies: { 202: RunSummary },
    },
    (context) => {
      const run = found(context);
      run.cancel('cancelled by the client');
      return context.json(run.summary(), 202);
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs/{id}/events',
      tag: 'runs',
      summary: 'What happens in a run, as server-sent events',
      description:
        'Each event is a RunEvent as JSON; its id counts from 1. With Last-Event-ID those after it are sent; 204 when the run is finished and there are none. After a restart of the server a run begins anew with run-started, and what was answered before comes again at once.',
      request: {
        params: Id,
        headers: z.object({
          'last-event-id': z.string().optional().describe('id of the last event that was seen'),
        }),
      },
      replies: { 200: 'text/event-stream', 204: null },
    },
    (context) => streamEvents(context, found(context), { keepAlive, stopping }),
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs/{id}/artifacts/{digest}',
      tag: 'runs',
      summary: 'A picture that a run names, by its SHA-256',
      request: { params: Id.extend({ digest: z.string().regex(/^[0-9a-f]{64}$/) }) },
      replies: { 200: 'image/png' },
    },
    async (context) => {
      const digest = context.req.param('digest') ?? '';
      const run = found(context);
      const png = /^[0-9a-f]{64}$/.test(digest) ? await run.folder.png(digest) : undefined;
      if (!png)
        throw new Refused({ status: 404, message: 'There is no such picture.', code: 'artifact_not_found' });
      return context.body(new Uint8Array(png), 200, {
        'content-type': 'image/png',
        'cache-control': 'private, max-age=31536000, immutable',
      });
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs/{id}/code',
      tag: 'runs',
      summary: 'The code of the round that is returned',
      request: { params: Id },
      replies: { 200: 'text/plain' },
    },
    async (context) => {
      const { record, best } = await finished(found(context));
      const { extension } = languageOf(taskNamed(record.task), record.language);
      return context.text(best.code, 200, {
        'content-disposition': `attachment; filename="final.${extension}"`,
      });
    },
  );

  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/runs/{id}/report',
      tag: 'runs',
      summary: 'The report: one HTML file that opens from disk',
      request: { params: Id },
      replies: { 200: 'text/html' },
    },
    async (context) => {
      const run = found(context);
      const { record } = await finished(run, false);
      const rendered = record.rounds.flatMap(({ render }) =>
        render.kind === 'rendered' ? [render.picture] : [],
      );
      const named = [...new Set([record.input.picture, ...rendered])];
      const files = await Promise.all(
        named.map(async (digest) => [digest, await run.folder.png(digest)] as const),
      );
      const pictures = new Map(files.flatMap(([digest, png]) => (png ? [[digest, pictureOfPng(png)]] : [])));
      const get = (digest: string) => {
        const picture = pictures.get(digest);
        if (picture) return picture;
        throw new Refused({
          status: 404,
          message: 'A picture of this run is gone.',
          code: 'artifact_not_found',
        });
      };
      return context.body(await reportHtml(record, { get }), 200, {
        'content-type': 'text/html; charset=utf-8',
        'content-disposition': 'attachment; filename="report.html"',
      });
    },
  );
}

/** @throws Refused 409 while it goes on; 404 when code is asked for and nothing rendered. */
async function finished(
  run: Run,
  withCode = true,
): Promise<{ record: RunRecord; best: Pick<Round, 'code'> }> {
  const record = await run.folder.record();
  if (!record)
    throw new Refused({ status: 409, message: 'The run has not ended.', code: 'run_not_finished' });
  const best = record.best === null ? undefined : record.rounds[record.best];
  if (best || !withCode) return { record, best: best ?? { code: '' } };
  throw new Refused({
    status: 404,
    message: 'Nothing that this run wrote has rendered.',
    code: 'nothing_rendered',
  });
}
