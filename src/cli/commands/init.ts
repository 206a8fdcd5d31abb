import { initProject } from '../../app/init/init-project.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { programName } from '../invocation.ts';
import { initJson, initText } from '../reporters/init-report.ts';
import { shellText } from '../shell-text.ts';
import { openTerminal } from '../terminal.ts';
import type { ColorSetting } from '../terminal.ts';

/** Options of `booster init`. */
export interface InitFlags {
  readonly write?: true;
  readonly json?: true;
  readonly color?: ColorSetting;
}

/** `booster init`: exit code 1 when something was refused. */
export async function runInit(tools: readonly string[], flags: InitFlags, io: Io): Promise<ExitCode> {
  const { cwd, env, signal } = io;
  const isWrite = flags.write === true;
  const home = env['HOME'];
  const outcome = await initProject({ cwd, tools, write: isWrite, signal, ...(home !== undefined && { home }) });
  const color = { setting: flags.color ?? 'auto', fromFlag: true } as const;
  const context = {
    isWrite,
    stdout: await openTerminal(io.stdout, color, env),
    stderr: await openTerminal(io.stderr, color, env),
    writeCommand: shellText(programName(env), ['init', ...tools, '--write']),
  };
  const { out, err } = flags.json ? initJson(outcome, context) : initText(outcome, context);
  if (out !== '') io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  return outcome.files.some(({ status }) => status === 'refused') ? exitCodes.somethingToDo : exitCodes.done;
}
