import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { simulated } from '../server/serve/support.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const trainers = fileURLToPath(new URL('trainers.py', import.meta.url));
const module = fileURLToPath(new URL('../../python/', import.meta.url));
const broken = '<svg xmlns="http://www.w3.org/2000/svg"><rect></svg>';
const key = 'vsk_test';
const sha256 = createHash('sha256').update(key).digest('hex');

const nothing = { severity: 0, rendered: 0, unscored: 0, hacked: 0, failed: 0 };
const perfect = { ...nothing, score: 2, rendered: 1 };
const failed = { ...nothing, score: 0 };
const unjudged = { ...failed, failed: 1 };

it('python3 gets rewards as each trainer calls for them', async () => {
  const { service } = await simulated({}, { references: examples, keys: [{ name: 'trainer', sha256 }] });
  const code = await readFile(`${examples}icon.svg`, 'utf8');
  const { stdout, stderr } = await execa('/usr/bin/python3', [trainers], {
    input: JSON.stringify({ reference: 'icon.png', code, broken, picture: `${examples}icon.png` }),
    env: { VERISIM_URL: service.url, VERISIM_API_KEY: key },
  });
  expect(JSON.parse(stdout)).toEqual({
    sync: perfect,
    async: Array.from({ length: 8 }, () => [perfect, failed, failed, unjudged]).flat(),
    negative: { ...failed, score: -4 },
    trl: [2, 0, 0],
    conversational: [2, 2],
    unjudged: [null],
    swift: [2, 0, 0],
    large: Array.from({ length: 1100 }, () => 0),
    empty: [],
    'wrong-key': [unjudged],
    unreachable: { ...unjudged, score: -1 },
  });
  expect(stderr).toContain('The API key is wrong.');
  // Eight samples had the first of these reasons, each in a thread of its own.
  expect(
    stderr.match(/no reward: status 400: The item is wrong\..*?→ at task \(not logged again\)/gs),
  ).toHaveLength(1);
  expect(stderr.match(/no reward: status 400: The file is not a picture/g)).toHaveLength(1);
});

it('what may pass is tried again, on the same connection, and one that was closed meanwhile is opened anew', async () => {
  const replies = [503, 200, 200, 429, 200, 500, 500, 200];
  const seen: string[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const status = replies[seen.length] ?? 500;
    seen.push(`${request.method} ${request.url} ${status}`);
    request.resume().on('end', () => {
      const body = {
        rewards: [1.5],
        items: [{ kind: 'scored', severity: 25 }],
        error: { message: 'not now' },
      };
      // The third reply is the last on its connection, and does not say so.
      if (seen.length === 3) response.on('finish', () => request.socket.end());
      response.writeHead(status, status === 200 ? {} : { 'retry-after': '0' }).end(JSON.stringify(body));
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const program = `
import json, sys, time
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(module)})
import verisim_reward
def judge(**options):
    [verdict] = verisim_reward.judge([{}], url="http://127.0.0.1:${port}", **options)
    return verdict["score"]
scores = [judge(), judge()]
time.sleep(0.2)
print(json.dumps([*scores, judge(), judge(attempts=1), judge()]))
`;
  const { stdout } = await execa('/usr/bin/python3', ['-c', program]);
  expect(JSON.parse(stdout)).toEqual([1.5, 1.5, 1.5, 0, 1.5]);
  expect(seen.map((each) => each.split(' ').at(-1))).toEqual(replies.map(String));
  expect(connections).toBe(2);
});

it('reasons are logged once each, and no more than so many', async () => {
  const program = `
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(module)})
import verisim_reward
class Service:
    def post(self, path, body, attempts):
        items = [{"kind": "error", "status": 400, "error": {"message": each["response"]}} for each in body["items"]]
        items[0] = {"kind": "unscored", "critique": {"reason": "it hums"}}
        return {"rewards": [None] * len(items), "items": items}
verisim_reward._service = lambda *_: Service()
for _ in range(2):
    verisim_reward.judge([{"response": f"reason {number}"} for number in range(100)])
`;
  const { stderr } = await execa('/usr/bin/python3', ['-c', program]);
  const lines = stderr.split('\n');
  expect(lines).toHaveLength(51);
  expect(lines[0]).toContain('no critique, the reward is a middling one: it hums');
  expect(lines[1]).toContain('no reward: status 400: reason 1 (not logged again)');
  expect(lines.at(-1)).toContain('further ones are not logged');
});

it('a sample that cannot be sent costs no other its verdict, and pictures may be bytes', async () => {
  const program = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, ${JSON.stringify(module)})
import verisim_reward
sent = []
class Service:
    def post(self, path, body, attempts):
        sent.extend(body["items"])
        return {"rewards": [2.0] * len(body["items"]), "items": [{"kind": "scored", "severity": 0}] * len(body["items"])}
verisim_reward._service = lambda *_: Service()
samples = [{"reference": b"png"}, {"reference": object()}, {"reference": {"bytes": b"png", "path": None}}]
verdicts = verisim_reward.judge(samples)
print(json.dumps([[verdict["score"] for verdict in verdicts], [each["reference"] for each in sent]]))
`;
  const { stdout, stderr } = await execa('/usr/bin/python3', ['-c', program]);
  const url = `data:image/png;base64,${Buffer.from('png').toString('base64')}`;
  expect(JSON.parse(stdout)).toEqual([
    [2, 0, 2],
    [url, url],
  ]);
  expect(stderr).toContain('a sample cannot be sent: TypeError');
});
