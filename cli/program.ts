import { Command, CommanderError } from 'commander';
import { VerisimError } from '../core/errors.ts';
import { version } from '../runtime/version.ts';
import { commands } from './commands.ts';
import { exit, interruptible } from './exit.ts';
import { help } from './help.ts';
import { openIo } from './io.ts';
import { told } from './told.ts';

const interruption = interruptible();
const { signal } = interruption;
const io = openIo(interruption);
const program = new Command('verisim')
  .description(
    'Turns pictures into code with a vision-language model, and makes the code better: generate, render, criticise, revise.',
  )
  .version(version)
  .exitOverride()
  .configureHelp(help)
  .showHelpAfterError('Run it with --help for what it takes.');
const [first = '', second = ''] = process.argv.slice(2);
const asked = first === 'help' ? second : first;
for (const { name, summary, load } of commands) {
  const command = name === asked ? await load(io) : new Command(name);
  inherit(command.summary(summary));
  program.addCommand(command);
}

/** Settings of the program for a command and those below it. */
function inherit(command: Command): void {
  command.exitOverride().copyInheritedSettings(program);
  for (const below of command.commands) inherit(below);
}

try {
  await program.parseAsync();
} catch (error) {
  if (signal.aborted) process.exitCode = exit.interrupted;
  else if (error instanceof CommanderError)
    process.exitCode = error.exitCode === 0 ? exit.good : exit.wrongUse;
  else if (error instanceof VerisimError) {
    io.say(`verisim: ${told(error)}`);
    process.exitCode = exit.wrongUse;
  } else {
    io.say('verisim: this should not have happened; please report it with the lines below.');
    io.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = exit.wrongUse;
  }
}
