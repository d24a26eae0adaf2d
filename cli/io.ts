import type { Interruption } from './exit.ts';

/** What a command speaks to: data to stdout, messages to stderr, and the signal of Ctrl-C. */
export interface Io {
  /** Data. */
  readonly print: (text: string) => void;
  /** Messages and progress, one line each. */
  readonly say: (line: string) => void;
  /** A line that the next `say` or `status` replaces; nothing where stderr is no terminal. */
  readonly status: (line: string) => void;
  readonly signal: AbortSignal;
  /** The command ends in its own time after the signal; only a second Ctrl-C cuts it off. */
  readonly linger: () => void;
  /** Whether stderr is a terminal that takes colours. */
  readonly colours: boolean;
}

export function openIo({ signal, linger }: Interruption): Io {
  const { stdout, stderr, env } = process;
  // A reader that went away (`| head`) is no fault: stop writing, quietly.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const terminal = stderr.isTTY === true;
  let open = false;
  const clear = () => {
    if (open) stderr.write('\r\u001b[K');
    open = false;
  };
  return {
    print: (text) => void stdout.write(text),
    say(line) {
      clear();
      stderr.write(`${line}\n`);
    },
    status(line) {
      if (!terminal) return;
      clear();
      stderr.write(line.slice(0, Math.max(20, (stderr.columns ?? 80) - 1)));
      open = true;
    },
    signal,
    linger,
    colours: terminal && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb',
  };
}
