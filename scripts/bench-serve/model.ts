/** Both models of bench-serve.ts in a process of their own: the same replies, after so many milliseconds. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const latency = Number(process.argv[2]);
const code =
  '```svg\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="5" height="9"/></svg>\n```';
const critique = JSON.stringify({
  errors: [{ category: 'style_error', severity: 1, location: 'title', description: 'The title is bold.' }],
});

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  await sleep(latency);
  // A critic is shown two pictures, a generator one.
  const content = body.split('"image_url":').length > 2 ? critique : code;
  const head = { id: 'chat-1', object: 'chat.completion.chunk', created: 1, model: 'scripted' };
  const event = (data: object) => `data: ${JSON.stringify({ ...head, ...data })}\n\n`;
  const usage = { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(
    event({ choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }] }),
  );
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
  response.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
process.send?.({ url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1` });
process.once('disconnect', () => process.exit());
