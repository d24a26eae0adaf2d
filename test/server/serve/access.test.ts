import { describe, expect, it } from 'vitest';
import { newKey } from '../../../server/serve/keys.ts';
import { emptyFolder } from '../../support/folder.ts';
import { hangs, openaiServer, streams } from '../../support/openai-server.ts';
import { iconUrl, plainUrl, type Started, startedService } from './support.ts';

describe('keys', () => {
  it('without one, or with a wrong one: 401, told alike for every address', async () => {
    const { key, sha256 } = newKey();
    const service = await startedService({ keys: [{ name: 'ann', sha256 }] });
    for (const authorization of [undefined, 'Bearer', 'Bearer wrong', `Basic ${key}`, `Bearer ${key}x`]) {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      for (const path of ['/v1/runs', '/v1/nothing', '/v1/runs/../runs']) {
        const response = await service.ask(path, { headers });
        expect(response.status).toBe(401);
        expect(response.headers.get('www-authenticate')).toBe('Bearer');
        expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } });
      }
    }
    const headers = { authorization: `Bearer ${key}` };
    expect((await service.ask('/v1/runs', { headers })).status).toBe(200);
    expect((await service.ask('/v1/nothing', { headers })).status).toBe(404);
    expect((await service.ask('/healthz')).status).toBe(200);
    expect(service.logged()).not.toContain(key);
  });

  it("limits requests and work of each key, and hides one's runs from another", async () => {
    const [ann, bob] = [newKey(), newKey()];
    const upstream = await openaiServer(hangs);
    const models = { slow: { name: 'openai:slow', baseUrl: upstream.url, apiKeyEnv: null } };
    const keys = [
      { name: 'ann', sha256: ann.sha256, concurrency: 1 },
      { name: 'bob', sha256: bob.sha256, requestsPerMinute: 3 },
    ];
    const service = await startedService({ keys }, { models, generator: 'slow' });
    const as = ({ key }: typeof ann) => ({ authorization: `Bearer ${key}` });
    const body = { task: 'svg', image: await plainUrl(), rounds: 5 };
    const begun = await service.post('/v1/runs', body, { headers: as(ann) });
    const { id } = Object(await begun.json());
    const second = await service.post('/v1/runs', body, { headers: as(ann) });
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1']);
    const asBob = { headers: as(bob) };
    expect((await service.ask(`/v1/runs/${id}`, asBob)).status).toBe(404);
    expect(await (await service.ask('/v1/runs', asBob)).json()).toMatchObject({ data: [] });
    expect((await service.ask(`/v1/runs/${id}/events`, asBob)).status).toBe(404);
    const fourth = await service.ask('/v1/runs', asBob);
    expect(fourth.status).toBe(429);
    expect(Number(fourth.headers.get('retry-after'))).toBeGreaterThan(30);
    await service.close();
    await upstream.close();
  });

  it("a key's budget: what would go beyond it is not called, also after a restart", async () => {
    const { key, sha256 } = newKey();
    const folder = await emptyFolder();
    const upstream = await openaiServer(streams('{"errors": []}'));
    const prices = { input: 1, output: 10_000 };
    const models = { judge: { name: 'openai:judge', baseUrl: upstream.url, apiKeyEnv: null, prices } };
    const serve = { folder, keys: [{ name: 'ann', sha256, budgetCost: 0.15 }] };
    const headers = { authorization: `Bearer ${key}` };
    const candidate = await iconUrl();
    const critique = (service: Started) =>
      service.post('/v1/critique', { task: 'svg', reference: candidate, candidate });
    const service = await startedService(serve, { models, critic: 'judge' }, headers);
    // A call costs 0.20 by what the server says that it took, which nobody knows before it.
    expect((await critique(service)).status).toBe(200);
    const second = await critique(service);
    expect(Object(await second.json()).error).toMatchObject({ code: 'insufficient_quota' });
    await service.close();
    const again = await critique(await startedService(serve, { models, critic: 'judge' }, headers));
    expect(again.status).toBe(429);
    expect(upstream.seen).toHaveLength(1);
    await upstream.close();
  });

  it('beyond loopback none is served without keys', async () => {
    await expect(startedService({ host: '0.0.0.0' })).rejects.toThrow(/there are no keys.*--new-key/);
    await expect(startedService({ host: '::' })).rejects.toThrow(/there are no keys/);
  });

  it('without keys a foreign page is refused, by Origin and by Host', async () => {
    const service = await startedService();
    const foreign = await service.ask('/v1/runs', { headers: { origin: 'https://evil.example' } });
    expect([foreign.status, Object(await foreign.json()).error.code]).toEqual([403, 'foreign_origin']);
    const own = await service.ask('/v1/runs', { headers: { origin: service.url } });
    expect(own.status).toBe(200);
  });
});

describe('health', () => {
  it('tells that it is ready, with headers that let no browser make a page of it', async () => {
    const service = await startedService();
    const ready = await service.ask('/readyz');
    expect(await ready.json()).toMatchObject({ status: 'ready' });
    expect(ready.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(ready.headers.get('x-content-type-options')).toBe('nosniff');
    await service.close();
    await expect(service.ask('/healthz')).rejects.toThrow();
  });
});
