import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { runGenerator } from '../../app/run-generator.ts';
import type { RunGeneratorOptions } from '../../app/run-generator.ts';
import { shownPath } from '../../app/generate-outcome.ts';
import type { GenerateOutcome } from '../../app/generate-outcome.ts';
import { generateFiles } from '../../app/generate-files.ts';
import { readGenerateInput } from '../../app/generate-input.ts';
import type { TaskPool } from '../../app/pool-port.ts';
import { generateFacts, printedFacts } from '../../app/run-facts.ts';
import type { RunFacts } from '../../app/run-facts.ts';
import { withRuntime } from '../../app/runtime.ts';
import { findTemplate } from '../../app/template/find-template.ts';
import { generateFromTemplate } from '../../app/template/generate-from-template.ts';
import type { Resolution } from '../../config/resolve-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { errorTable, isBoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { recordSettings } from '../record-options.ts';
import { recordRun } from '../record-run.ts';
import { codeJson, codeText, filesJson, filesText } from '../reporters/generate-report.ts';
import type { GenerateContext } from '../reporters/generate-report.ts';
import { shellText } from '../shell-text.ts';
import { openTerminal } from '../terminal.ts';
import type { GenerateFlags } from './generate-options.ts';
import { checkTarget, planGenerate } from './generate-plan.ts';
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
  const resolution = await resolveConfig({
    flags: { maxBytes: flags.maxBytes, color: flags.color, ...recordSettings(flags) },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const { config, origins } = resolution;
  const color = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const stdout = await openTerminal(io.stdout, color, io.env);
  if (plan.kind === 'list' || plan.kind === 'show') {
    const { lookUpGenerators } = await import('./generate-look-up.ts');
    io.stdout.write(await lookUpGenerators(plan, { isJson: flags.json === true, terminal: stdout, cwd: io.cwd }));
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
  return recorded({ flags, context, resolution, io }, async () => {
    const template = await findTemplate(plan, io.cwd);
    checkTarget(template !== undefined, plan, flags);
    const run = { flags, context, io, ...limits };
    if (template !== undefined) {
      const settle = { ...limits, cwd: io.cwd, mode: plan.mode, force: flags.force === true, ...keepOf(flags) };
      return withRuntime(config, io, async ({ open }) =>
        reportFiles(await generateFromTemplate(open(1).pool, template, settle), run),
      );
    }
    const request = await requestOf(plan, flags, io, limits);
    if (plan.kind === 'code') return printCode(request, flags, context, io);
    return withRuntime(config, io, ({ open }) => handleFiles(open(1).pool, request, run));
  });
}

interface RecordedCall {
  readonly flags: GenerateFlags;
  readonly context: GenerateContext;
  readonly resolution: Resolution;
  readonly io: Io;
}

/** Records how `generate` ended; a refusal, too, when it has been printed. */
async function recorded(
  { flags, context: { quiet, stderr }, resolution, io }: RecordedCall,
  generate: () => Promise<GenerateEnd>,
): Promise<ExitCode> {
  const record = async ({ exitCode, files }: GenerateEnd): Promise<void> =>
    recordRun({ command: 'generate', exitCode, files, resolution, quiet, paint: stderr.paint }, io);
  const started = performance.now();
  let end: GenerateEnd;
  try {
    end = await generate();
  } catch (error) {
    const refusal = endOfRefusal(error, flags, { cwd: io.cwd, durationMs: performance.now() - started });
    // with the next turn of the event loop the error is out
    if (refusal !== undefined) setImmediate(() => void record(refusal));
    throw error;
  }
  await record(end);
  return end.exitCode;
}

/** How a call ended. */
interface GenerateEnd {
  readonly exitCode: ExitCode;
  /** What is to be recorded. */
  readonly files: readonly RunFacts[];
}

/** `undefined` for what is no answer to the question but a slip in it. */
function endOfRefusal(
  error: unknown,
  { out, into }: GenerateFlags,
  { cwd, durationMs }: { readonly cwd: string; readonly durationMs: number },
): GenerateEnd | undefined {
  if (!isBoosterError(error) || /^E_(?:CLI|CONFIG|RULE)_/.test(error.code)) return undefined;
  const file = out ?? into;
  const { exitCode } = errorTable[error.code];
  const status = /^E_(?:GENERATE|APPLY|GATE)_/.test(error.code) ? 'refused' : 'failed';
  const named = file === undefined ? {} : { file: shownPath(resolve(cwd, file), cwd) };
  return { exitCode, files: [{ ...named, status, code: error.code, durationMs }] };
}

type CodePlan = Extract<GeneratePlan, { readonly kind: 'code' | 'files' }>;

interface Limits {
  readonly maximumBytes: number;
  readonly signal: AbortSignal;
}

async function requestOf(plan: CodePlan, flags: GenerateFlags, io: Io, limits: Limits): Promise<RunGeneratorOptions> {
  const { what, name, options } = plan;
  const filename = flags.out ?? flags.into;
  const input =
    flags.input === undefined
      ? undefined
      : await readGenerateInput(flags.input, { cwd: io.cwd, stdin: () => io.stdin, ...limits });
  const called = name ?? input?.part;
  return {
    ...what,
    options,
    cwd: io.cwd,
    ...(called === undefined ? {} : { name: called }),
    ...(input === undefined ? {} : { input: input.text, inputName: input.name }),
    ...(input?.part === undefined ? {} : { inputType: input.part }),
    ...(filename === undefined ? {} : { filename }),
    ...(await earlierOf(input?.name, options['against'], io)),
  };
}

/** What the input was at the commit that `--set against=git:<revision>` names. */
async function earlierOf(
  input: string | undefined,
  against: string | undefined,
  { cwd, env, signal }: Io,
): Promise<Pick<RunGeneratorOptions, 'earlier'>> {
  if (against?.startsWith('git:') !== true || input === undefined || input === 'standard input') return {};
  const { readEarlier } = await import('../../app/read-earlier.ts');
  return { earlier: await readEarlier(input, against.slice('git:'.length), { cwd, env, signal }) };
}

async function printCode(
  request: RunGeneratorOptions,
  { json }: GenerateFlags,
  context: GenerateContext,
  io: Io,
): Promise<GenerateEnd> {
  const started = performance.now();
  const code = await runGenerator(request);
  const durationMs = performance.now() - started;
  const { out, err } = json ? codeJson(code) : codeText(code, context);
  io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  return { exitCode: exitCodes.done, files: printedFacts(code, durationMs) };
}

interface FilesRun extends Limits {
  readonly flags: GenerateFlags;
  readonly context: GenerateContext;
  readonly io: Io;
}

async function handleFiles(pool: TaskPool, request: RunGeneratorOptions, run: FilesRun): Promise<GenerateEnd> {
  const {
    flags,
    context: { mode },
    io,
    maximumBytes,
    signal,
  } = run;
  const outcome = await generateFiles(pool, {
    request,
    cwd: io.cwd,
    mode,
    into: flags.into !== undefined,
    force: flags.force === true,
    ...keepOf(flags),
    maximumBytes,
    signal,
  });
  return reportFiles(outcome, run);
}

function keepOf({ keep }: GenerateFlags): Pick<GenerateFlags, 'keep'> {
  return keep === undefined ? {} : { keep };
}

function reportFiles(outcome: GenerateOutcome, { flags: { json }, context, io }: FilesRun): GenerateEnd {
  const { mode } = context;
  const { out, err } = json ? filesJson(outcome, context) : filesText(outcome, context);
  if (out !== '') io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  const isDrift = mode === 'check' && outcome.results.some(({ status }) => status !== 'unchanged');
  const hasConflict = outcome.results.some(({ status }) => status === 'conflict');
  return { exitCode: isDrift || hasConflict ? exitCodes.somethingToDo : exitCodes.done, files: generateFacts(outcome) };
}

function writeCommandOf(argv: readonly string[], io: Io): string {
  const program = io.env['npm_command'] === 'exec' ? 'npx booster' : 'booster';
  return shellText(program, [...argv, '--write']);
}
