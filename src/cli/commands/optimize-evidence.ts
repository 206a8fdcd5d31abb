import { relative, resolve } from 'node:path';
import { OutsideEvidence } from '../../app/evidence/file-evidence.ts';
import { MeasuredCounts } from '../../app/evidence/MeasuredCounts.ts';
import { ProjectTypes } from '../../app/evidence/ProjectTypes.ts';
import type { FileTarget } from '../../app/optimize-files.ts';
import { counted } from '../reporters/summary-text.ts';
import { visibleLine } from '../visible-text.ts';
import type { OptimizeRun } from './optimize-run.ts';

/** What --types and --coverage bring; `end` says what could not be used. */
export interface OpenEvidence {
  readonly evidence: OutsideEvidence;
  readonly end: () => void;
}

/** @throws BoosterError E_TYPES_UNAVAILABLE, E_COVERAGE_INVALID, E_FILE_* */
export function openEvidence(targets: readonly FileTarget[], run: OptimizeRun): OpenEvidence {
  const { io, flags, context, output } = run;
  const files = targets.map(({ path }) => resolve(io.cwd, path));
  const types = flags.types === true ? new ProjectTypes(io.cwd, files) : undefined;
  const counts = flags.coverage === undefined ? undefined : new MeasuredCounts(flags.coverage, io.cwd);
  return {
    evidence: new OutsideEvidence(types, counts),
    end: () => {
      const stale = counts?.stale ?? [];
      const [first] = stale;
      if (first === undefined || context.quiet) return;
      const { paint } = context.stderr;
      const what = `the coverage is older than ${counted(stale.length, 'file')} (${visibleLine(relative(io.cwd, first))}${stale.length > 1 ? ', …' : ''}), and was not used there`;
      output.err(`${paint.yellow('warning:')} ${what}\n`);
    },
  };
}
