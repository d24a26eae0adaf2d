/**
 * A batch killed with SIGKILL at random moments and started again, against simulated models: the server must see no call
 * twice, and the results must equal those of a batch that nobody killed. Ends with 1 when they do not.
 *
 *   npm run soak:kill -- [pictures] [kills] [concurrency] [seed]      default: 100 20 8 1
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soakKill } from './kill/soak.ts';

const [pictures = 100, kills = 20, concurrency = 8, seed = 1] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'verisim-kill-'));
try {
  const result = await soakKill({ folder, pictures, kills, concurrency, seed });
  const { calls, seen, twice, killed, different, runs } = result;
  console.log(`${pictures} pictures, ${concurrency} at a time, simulated models`);
  console.log(`killed at work        ${killed} times, of ${kills} SIGKILLs`);
  console.log(`calls                 ${seen} seen by the server; ${calls} of a batch in peace`);
  console.log(`calls seen twice      ${twice}`);
  console.log(`runs that differ      ${different.length} of ${runs} ${different.join(' ')}`);
  if (twice > 0 || seen !== calls || different.length > 0 || runs !== pictures) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
