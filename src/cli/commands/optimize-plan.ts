import type { FileSelection } from '../../app/find-targets.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { OptimizeFlags } from '../program.ts';
import type { RunMode } from '../reporters/reporter.ts';
import { selectionOf } from './file-selection.ts';

/** What the arguments of `booster optimize` ask for, once they make sense together. */
export interface OptimizePlan {
  readonly mode: RunMode;
  readonly input:
    | { readonly kind: 'stdin'; readonly path: string | undefined }
    | { readonly kind: 'files'; readonly patterns: readonly string[]; readonly selection: FileSelection };
}

/** @throws BoosterError E_CLI_USAGE for arguments that contradict each other */
export function planOptimize(paths: readonly string[], flags: OptimizeFlags): OptimizePlan {
  const selection = selectionOf(flags);
  const named = paths.filter((path) => path !== '-');
  const isStdin = paths.includes('-') || (flags.stdinFilepath !== undefined && paths.length === 0);
  if (!isStdin) {
    if (flags.stdinFilepath !== undefined) throw usage("--stdin-filepath goes with '-', not with other paths");
    const patterns = paths.length === 0 && selection.kind === 'all' ? ['.'] : paths;
    return {
      mode: flags.write ? 'write' : flags.check ? 'check' : 'preview',
      input: { kind: 'files', patterns, selection },
    };
  }
  if (named.length > 0) throw usage("'-' (standard input) cannot be mixed with other paths");
  if (flags.write) throw usage("--write cannot be used with '-': the new text goes to standard output");
  if (selection.kind !== 'all') throw usage(`--${selection.kind} cannot be used with '-'`);
  return { mode: flags.check ? 'check' : 'stdin', input: { kind: 'stdin', path: flags.stdinFilepath } };
}

function usage(message: string): BoosterError {
  return new BoosterError('E_CLI_USAGE', message);
}
