import { CommanderError } from 'commander';
import type { FileReason } from '../app/file-result.ts';
import { BoosterError, errorTable, isBoosterError } from '../shared/errors.ts';
import type { Io } from '../shared/io.ts';
import type { ExitCode } from './exit-codes.ts';
import { rawOption } from './raw-option.ts';
import { problemText } from './reporters/problem-text.ts';
import type { ColorSetting } from './terminal.ts';
import { openTerminal } from './terminal.ts';

/**
 * Prints an error that ended a command: a line and its remedy on standard error, and on standard output the document
 * that a machine waits for. Gives the exit code.
 */
export async function reportFailure(error: unknown, argv: readonly string[], io: Io): Promise<ExitCode> {
  const failure = toBoosterError(error, io);
  const { code, message } = failure;
  const { stack } = error instanceof Error ? error : failure;
  const reason: FileReason = {
    code,
    message,
    remedy: remedyOf(failure, argv),
    ...(stack === undefined ? {} : { stack }),
  };
  const { paint } = await openTerminal(io.stderr, rawColor(argv), io.env);
  io.stdout.write(await documentText(reason, argv));
  io.stderr.write(problemText(undefined, reason, paint, isVerbose(argv)));
  return errorTable[code].exitCode;
}

/** Names the command that was meant, so that the help to read is one copy away. */
function remedyOf({ code }: BoosterError, [command = '']: readonly string[]): string {
  const known = [
    'optimize',
    'analyze',
    'apply',
    'hook',
    'rules',
    'rule',
    'pool',
    'runs',
    'generate',
    'agents',
    'doctor',
    'completion',
  ].includes(command);
  return errorTable[code].remedy.replace(' <command>', known ? ` ${command}` : '');
}

function toBoosterError(error: unknown, io: Io): BoosterError {
  if (io.signal.aborted) return new BoosterError('E_TASK_ABORTED', 'interrupted', {}, error);
  if (isBoosterError(error)) return error;
  if (error instanceof CommanderError) return new BoosterError('E_CLI_USAGE', usageMessage(error), {}, error);
  return new BoosterError('E_INTERNAL', error instanceof Error ? error.message : String(error), {}, error);
}

/** commander puts its suggestion on a second line, in a form of its own. */
function usageMessage({ message }: CommanderError): string {
  return message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)$/s, ' (did you mean $1?)');
}

async function documentText(reason: FileReason, argv: readonly string[]): Promise<string> {
  // Whoever sends a document waits for one.
  const wantsJson = argv.includes('--json') || (argv[0] === 'apply' && argv.includes('--stdin'));
  const name = wantsJson ? 'json' : rawOption(argv, '--reporter');
  if (name === 'json' || name === 'jsonl') {
    const { reasonEntry, schemaVersion } = await import('./reporters/json-entries.ts');
    const error = reasonEntry(reason);
    if (name === 'jsonl') return `${JSON.stringify({ schemaVersion, type: 'error', error })}\n`;
    return `${JSON.stringify({ schemaVersion, error }, undefined, 2)}\n`;
  }
  if (name !== 'github') return '';
  const { workflowCommand } = await import('./reporters/workflow-command.ts');
  return workflowCommand('error', { title: reason.code }, reason.message);
}

function rawColor(argv: readonly string[]): { readonly setting: ColorSetting; readonly fromFlag: boolean } {
  const word = rawOption(argv, '--color');
  const setting = word === 'always' || word === 'never' ? word : 'auto';
  return { setting, fromFlag: setting !== 'auto' };
}

function isVerbose(argv: readonly string[]): boolean {
  return argv.includes('-v') || argv.includes('--verbose');
}
