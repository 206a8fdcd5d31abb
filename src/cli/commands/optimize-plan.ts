import type { FileSelection } from '../../app/find-targets.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { OptimizeFlags } from '../program.ts';
import type { RunMode } from '../reporters/reporter.ts';
import { fewestRuns } from '../../app/proof/compare-times.ts';
import { readInteger } from '../read-integer.ts';
import { selectionOf } from './file-selection.ts';

/** What the rewrites are put to before they stay. */
export interface ProofPlan {
  readonly verify?: string;
  readonly measure?: string;
  readonly measureRuns: number;
  readonly measureEach: boolean;
  readonly timeoutMs: number;
}

/** What the arguments of `booster optimize` ask for, once they make sense together. */
export interface OptimizePlan {
  readonly mode: RunMode;
  /** Most files with rewrites. */
  readonly maximumFiles?: number;
  readonly proof?: ProofPlan;
  readonly input:
    | { readonly kind: 'stdin'; readonly path: string | undefined }
    | { readonly kind: 'files'; readonly patterns: readonly string[]; readonly selection: FileSelection };
}

/** @throws BoosterError E_CLI_USAGE for arguments that contradict each other */
export function planOptimize(paths: readonly string[], flags: OptimizeFlags): OptimizePlan {
  const selection = selectionOf(flags);
  const proof = planProof(flags);
  const maximumFiles = readInteger('--max-files', flags.maxFiles, 1, 999_999_999);
  const named = paths.filter((path) => path !== '-');
  const isStdin = paths.includes('-') || (flags.stdinFilepath !== undefined && paths.length === 0);
  if (!isStdin) {
    if (flags.stdinFilepath !== undefined) throw usage("--stdin-filepath goes with '-', not with other paths");
    const patterns = paths.length === 0 && selection.kind === 'all' ? ['.'] : paths;
    return {
      mode: flags.write ? 'write' : flags.check ? 'check' : 'preview',
      input: { kind: 'files', patterns, selection },
      ...(proof !== undefined && { proof }),
      ...(maximumFiles !== undefined && { maximumFiles }),
    };
  }
  if (named.length > 0) throw usage("'-' (standard input) cannot be mixed with other paths");
  if (flags.write) throw usage("--write cannot be used with '-': the new text goes to standard output");
  if (maximumFiles !== undefined) throw usage("--max-files cannot be used with '-'");
  if (flags.types === true) throw usage("--types cannot be used with '-': a checker reads files");
  if (flags.coverage !== undefined) throw usage("--coverage cannot be used with '-': counts belong to files");
  if (selection.kind !== 'all') throw usage(`--${selection.kind} cannot be used with '-'`);
  return { mode: flags.check ? 'check' : 'stdin', input: { kind: 'stdin', path: flags.stdinFilepath } };
}

function planProof(flags: OptimizeFlags): ProofPlan | undefined {
  const { verify, measure, measureRuns, measureEach, proofTimeout } = flags;
  for (const [flag, command] of [
    ['--verify', verify],
    ['--measure', measure],
  ] as const) {
    if (command?.trim() === '') throw usage(`${flag}: give a command, such as "npm test"`);
    if (command !== undefined && flags.write !== true)
      throw usage(`${flag} goes with --write: it tries the rewrites in the files`);
  }
  if (measure === undefined && (measureRuns !== undefined || measureEach)) {
    throw usage(`${measureEach ? '--measure-each' : '--measure-runs'} goes with --measure`);
  }
  const runs = readInteger('--measure-runs', measureRuns, fewestRuns, 1000);
  const timeoutSeconds = readInteger('--proof-timeout', proofTimeout, 1, 86_400);
  if (verify === undefined && measure === undefined) {
    if (timeoutSeconds !== undefined) throw usage('--proof-timeout goes with --verify or --measure');
    return undefined;
  }
  return {
    ...(verify !== undefined && { verify }),
    ...(measure !== undefined && { measure }),
    measureRuns: runs ?? 10,
    measureEach: measureEach === true,
    timeoutMs: (timeoutSeconds ?? 600) * 1000,
  };
}

function usage(message: string): BoosterError {
  return new BoosterError('E_CLI_USAGE', message);
}
