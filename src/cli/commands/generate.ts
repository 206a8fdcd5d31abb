import { generateCode } from '../../app/generate-code.ts';
import type { GenerateCodeOptions } from '../../app/generate-code.ts';
import { generateFiles } from '../../app/generate-files.ts';
import { readGenerateInput } from '../../app/generate-input.ts';
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
    : handleFiles(request, flags, context, io, limits);
}

type CodePlan = Extract<GeneratePlan, { readonly kind: 'code' | 'files' }>;

interface Limits {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

async function requestOf(plan: CodePlan, flags: GenerateFlags, io: Io, limits: Limits): Promise<GenerateCodeOptions> {
  const { generator, name, options } = plan;
  const input =
    flags.input === undefined
      ? undefined
      : await readGenerateInput(flags.input, { cwd: io.cwd, stdin: () => io.stdin, ...limits });
  return {
    generator,
    options,
    ...(name === undefined ? {} : { name }),
    ...(input === undefined ? {} : { input: input.text, inputName: input.name }),
    ...(flags.out === undefined ? {} : { filename: flags.out }),
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

async function handleFiles(
  request: GenerateCodeOptions,
  { json, force }: GenerateFlags,
  context: GenerateContext,
  io: Io,
  limits: Limits,
): Promise<ExitCode> {
  const { mode } = context;
  const outcome = await generateFiles({ request, cwd: io.cwd, mode, force: force === true, ...limits });
  const { out, err } = json ? filesJson(outcome, context) : filesText(outcome, context);
  if (out !== '') io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  const isDrift = mode === 'check' && outcome.results.some(({ status }) => status !== 'unchanged');
  return isDrift ? exitCodes.somethingToDo : exitCodes.done;
}

function writeCommandOf(argv: readonly string[], io: Io): string {
  const program = io.env['npm_command'] === 'exec' ? 'npx booster' : 'booster';
  return shellText(program, [...argv, '--write']);
}
