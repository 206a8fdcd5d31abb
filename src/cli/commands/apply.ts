import { applyFiles } from '../../app/apply-files.ts';
import { readDocument, readPatch, readSingleEdit } from '../../app/apply-items.ts';
import type { EditSources, RefusedPatch } from '../../app/apply-items.ts';
import type { ApplyDocument } from '../../app/apply-document.ts';
import type { ApplyOutcome } from '../../app/apply-result.ts';
import { applyFacts } from '../../app/run-facts.ts';
import { withRuntime } from '../../app/runtime.ts';
import type { Resolution } from '../../config/resolve-config.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodeOfApply } from '../exit-codes.ts';
import type { ApplyContext, ApplyReport } from '../reporters/apply-context.ts';
import { cacheSettings, recordSettings } from '../record-options.ts';
import { recordRun } from '../record-run.ts';
import { shellText } from '../shell-text.ts';
import { openTerminal } from '../terminal.ts';
import { poolSettings } from '../pool-options.ts';
import type { ApplyFlags } from './apply-options.ts';
import type { ApplyInput, ApplyPlan } from './apply-plan.ts';
import { planApply } from './apply-plan.ts';

/** `booster apply`. What is thrown is for the caller to print; no document has then been printed. */
export async function runApply(
  file: string | undefined,
  flags: ApplyFlags,
  argv: readonly string[],
  io: Io,
): Promise<ExitCode> {
  const plan = planApply(file, flags);
  const resolution = await resolveConfig({
    flags: {
      'apply.strictness': flags.strictness,
      'pool.resident': flags.resident ? undefined : 'never',
      ...poolSettings(flags),
      ...recordSettings(flags),
      ...cacheSettings(flags),
      maxBytes: flags.maxBytes,
      color: flags.color,
    },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const { config } = resolution;
  const { cwd, signal } = io;
  const limits = { maximumBytes: config.maxBytes, signal };
  const input = await readInput(plan.input, { cwd, stdin: () => io.stdin, ...limits });
  const isList = 'refusal' in input || input.isList;
  const { strictness } = config.apply;
  const write = plan.mode === 'write';
  const outcome =
    'refusal' in input
      ? outcomeOfRefusal(input)
      : await withRuntime(config, io, ({ open }) =>
          applyFiles(open(input.items.length).pool, { cwd, items: input.items, write, strictness, ...limits }),
        );
  const context = await openContext({ plan, isList, resolution, flags }, argv, io);
  const { out, err } = await reportOf(outcome, plan.isJson, context);
  if (out !== '') io.stdout.write(out);
  if (err !== '') io.stderr.write(err);
  const exitCode = exitCodeOfApply(outcome.results);
  const files = config.records.keep === 'never' ? [] : outcome.results.map(applyFacts);
  const { quiet, stderr } = context;
  await recordRun({ command: 'apply', exitCode, files, resolution, quiet, paint: stderr.paint }, io);
  return exitCode;
}

async function readInput(input: ApplyInput, sources: EditSources): Promise<ApplyDocument | RefusedPatch> {
  if (input.kind === 'document') return readDocument(sources);
  if (input.kind === 'patch') return readPatch(input.patchPath, sources);
  return { items: [await readSingleEdit(input, sources)], isList: false };
}

/** The patch itself stands in for the files that it does not lead to. */
function outcomeOfRefusal({ path, text, refusal }: RefusedPatch): ApplyOutcome {
  const durationMs = 0;
  const result = {
    path,
    status: 'refused',
    written: false,
    language: 'text',
    edit: text,
    refusal,
    durationMs,
  } as const;
  return { results: [result], files: [], durationMs };
}

/** Each reporter is loaded only when it is wanted. */
async function reportOf(outcome: ApplyOutcome, isJson: boolean, context: ApplyContext): Promise<ApplyReport> {
  if (isJson) return (await import('../reporters/apply-json.ts')).applyJson(outcome, context);
  return (await import('../reporters/apply-text.ts')).applyText(outcome, context);
}

interface ContextFacts {
  readonly plan: ApplyPlan;
  readonly isList: boolean;
  readonly resolution: Resolution;
  readonly flags: ApplyFlags;
}

async function openContext(
  { plan, isList, resolution: { config, origins }, flags }: ContextFacts,
  argv: readonly string[],
  io: Io,
): Promise<ApplyContext> {
  const color = { setting: config.color, fromFlag: origins.color.startsWith('flag') };
  const writeCommand = writeCommandOf(plan, argv, io);
  return {
    mode: plan.mode,
    isList,
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    stdout: await openTerminal(io.stdout, color, io.env),
    stderr: await openTerminal(io.stderr, color, io.env),
    ...(writeCommand === undefined ? {} : { writeCommand }),
  };
}

/** `undefined` when standard input is part of it: what has been read is gone. */
function writeCommandOf({ input }: ApplyPlan, argv: readonly string[], io: Io): string | undefined {
  const source = input.kind === 'edit' ? input.editPath : input.kind === 'patch' ? input.patchPath : '-';
  if (source === '-') return undefined;
  // Set by `npx` (exec) for what it runs; whoever has booster in PATH does not come this way.
  const program = io.env['npm_command'] === 'exec' ? 'npx booster' : 'booster';
  return shellText(program, [...argv, '--write']);
}
