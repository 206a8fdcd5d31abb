import { CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Io } from '../shared/io.ts';
import { createActions } from './actions.ts';
import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

/**
 * The command line: runs the command that `argv` (without node and script) names and gives the exit code. Never rejects
 * and never ends the process: what is written to the streams of `io` may still be on its way.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(
    packageJson.version,
    io,
    createActions(argv, io, (code) => (exitCode = code)),
    argv[0],
  );
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return failed(error, argv, io);
  }
}

async function failed(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  if (error instanceof CommanderError && isHelp(error)) {
    // Help that was asked for is a success; help in place of a missing command is not.
    return error.exitCode === 0 ? exitCodes.done : exitCodes.failure;
  }
  const { reportFailure } = await import('./report-failure.ts');
  const exitCode = await reportFailure(error, argv, io);
  if (argv[0] !== 'hook') return exitCode;
  // exit code 2 stops an agent: a slip in its settings must not do that
  io.stdout.write('{}\n');
  return exitCodes.done;
}

function isHelp({ code }: CommanderError): boolean {
  return code === 'commander.help' || code === 'commander.helpDisplayed' || code === 'commander.version';
}
