import { CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Io } from '../shared/io.ts';
import type { ExitCode } from './exit-codes.ts';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

/**
 * The command line: runs the command that `argv` (without node and script) names and gives the exit code. Never rejects
 * and never ends the process: what is written to the streams of `io` may still be on its way.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let exitCode: ExitCode = exitCodes.done;
  const program = createProgram(packageJson.version, io, {
    async optimize(paths, flags) {
      const { runOptimize } = await import('./commands/optimize.ts');
      exitCode = await runOptimize(paths, flags, argv, io);
    },
    async analyze(paths, flags) {
      const { runAnalyze } = await import('./commands/analyze.ts');
      exitCode = await runAnalyze(paths, flags, io);
    },
    async apply(file, flags) {
      const { runApply } = await import('./commands/apply.ts');
      exitCode = await runApply(file, flags, argv, io);
    },
    async hook(flags) {
      const { runHook } = await import('./commands/hook.ts');
      await runHook(flags, io);
    },
    async rules(flags) {
      const { runRules } = await import('./commands/rules.ts');
      await runRules(flags, io);
    },
    async rule(id, flags) {
      const { runRule } = await import('./commands/rule.ts');
      await runRule(id, flags, io);
    },
    async poolRun(flags) {
      const { runPoolRun } = await import('./commands/pool-run.ts');
      exitCode = await runPoolRun(flags, argv, io);
    },
    async poolStop() {
      const { runPoolStop } = await import('./commands/pool-stop.ts');
      await runPoolStop(io);
    },
    async poolStatus(flags) {
      const { runPoolStatus } = await import('./commands/pool-status.ts');
      exitCode = await runPoolStatus(flags, io);
    },
    async poolBench(paths, flags) {
      const { runPoolBench } = await import('./commands/pool-bench.ts');
      await runPoolBench(paths, flags, io);
    },
  });
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
