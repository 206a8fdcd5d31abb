import { generateCode } from '../../app/generate-code.ts';
import type { GenerateCodeOptions } from '../../app/generate-code.ts';
import { generateFiles } from '../../app/generate-files.ts';
import { readGenerateInput } from '../../app/generate-input.ts';
import type { TaskPool } from '../../app/pool-port.ts';
import { withRuntime } from '../../app/runtime.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { codeJson, codeText, filesJson, filesText } from '../reporters/generate-report.ts';
import type { GenerateContext } from '../reporters/generate-report.ts';
import { shellText } from '../shell-text.ts';
import { openTerminal } from '../terminal.ts';
import type { GenerateFlags } from './generate-options.ts';
import { planGenerate } from './generate-plan.ts';
import type { GeneratePlan } from './generate-plan.ts';

/** `booster generate`. What is thrown is for the caller to print; nothing has then been written. */
export async function runGenerate(
  generator: string,
  name: string | undefined,
  flags: GenerateFlags,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const plan = planGenerate(generator, name, flags);
  const { config, origins } = await resolveConfig({
    flags: { maxBytes: flags.maxBytes, color: flags.color },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const color = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const stdout = await openTerminal(io.stdout, color, io.env);
  if (plan.kind === 'list' || plan.kind === 'show') {
    const { lookUpGenerators } = await import('./generate-look-up.ts');
    io.stdout.write(await lookUpGenerators(plan, flags.json === true, stdout));
    return exitCodes.done;
  }
  const context: GenerateContext = {
    mode: plan.mode,
    quiet: flags.quiet === true,
    stdout,
    stderr: await openTerminal(io.stderr, color, io.env),
    ...(flags.input === '-' ? {} : { writeCommand: writeCommandOf(argv, io) }),
  };
  const limits = { maximumBytes: config.maxBytes, signal: io.signal };
  const request = await requestOf(plan, flags, io, limits);
  return plan.kind === 'code'
    ? printCode(request, flags, context, io)
    : withRuntime(config, io, ({ open }) => handleFiles(open(1).pool, request, { flags, context, io, ...limits }));
}

type CodePlan = Extract<GeneratePlan, { readonly kind: 'code' | 'files' }>;

interface Limits {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

async function requestOf(plan: CodePlan, flags: GenerateFlags, io: Io, limits: Limits): Promise<GenerateCodeOptions> {
  const { what, name, options } = plan;
  const filename = flags.out ?? flags.into;
  const input =
    flags.input === undefined
      ? undefined
      : await readGenerateInput(flags.input, { cwd: io.cwd, stdin: () => io.stdin, ...limits });
  return {
    ...what,
    options,
    ...(name === undefined ? {} : { name }),
    ...(input === undefined ? {} : { input: input.text, inputName: input.name }),
    ...(filename === undefined ? {} : { filename }),
  };
}

async function printCode(
  request: GenerateCodeOptions,
  { json }: GenerateFlags,
  context: GenerateContext,
  io: Io,
): Promise<ExitCode> {
  const code = await generateCode(request);
  const { out, err } = json ? codeJson(code) : codeText(code, context);
  io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  return exitCodes.done;
}

interface FilesRun extends Limits {
  readonly flags: GenerateFlags;
  readonly context: GenerateContext;
  readonly io: Io;
}

async function handleFiles(
  pool: TaskPool,
  request: GenerateCodeOptions,
  { flags: { json, force, into }, context, io, maximumBytes, signal }: FilesRun,
): Promise<ExitCode> {
  const { mode } = context;
  const outcome = await generateFiles(pool, {
    request,
    cwd: io.cwd,
    mode,
    into: into !== undefined,
    force: force === true,
    maximumBytes,
    signal,
  });
  const { out, err } = json ? filesJson(outcome, context) : filesText(outcome, context);
  if (out !== '') io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  const isDrift = mode === 'check' && outcome.results.some(({ status }) => status !== 'unchanged');
  const hasConflict = outcome.results.some(({ status }) => status === 'conflict');
  return isDrift || hasConflict ? exitCodes.somethingToDo : exitCodes.done;
}

function writeCommandOf(argv: readonly string[], io: Io): string {
  const program = io.env['npm_command'] === 'exec' ? 'npx booster' : 'booster';
  return shellText(program, [...argv, '--write']);
}
