import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MeasuredCode } from '../../profile/measured-code.ts';
import type { AnalyzedFile } from '../analyzed-file.ts';
import type { MeasuredRatios } from '../measured-ratios.ts';
import type { Heat, Measured, MeasurementSummary, Saving } from './measured.ts';
import { ratioAt } from './ratio-at.ts';

const hotShare = 0.01;
const warmShare = 0.001;

interface Lines {
  readonly start: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
}

/** Adds to each finding and function what was measured there. */
export function measureFindings(
  files: readonly AnalyzedFile[],
  code: MeasuredCode,
  { cwd, ratios }: { readonly cwd: string; readonly ratios: MeasuredRatios },
): AnalyzedFile[] {
  return files.map((file) => {
    const url = urlOf(cwd, file.path);
    return {
      ...file,
      findings: file.findings.map((finding) => {
        const measured = measure(code, url, finding);
        const saving = savingOf(measured, finding.ruleId, ratios);
        return { ...finding, measured: saving === undefined ? measured : { ...measured, saving } };
      }),
      functions: file.functions.map((facts) => ({ ...facts, measured: measure(code, url, facts) })),
    };
  });
}

/** What the measurement says of the whole run. */
export function summarizeMeasurement(
  files: readonly AnalyzedFile[],
  code: MeasuredCode,
  cwd: string,
): Pick<MeasurementSummary, 'busyMicros' | 'unmapped' | 'bound'> {
  if (!code.hasProfile || code.busyMicros === 0) return {};
  const share = (micros: number): number => micros / code.busyMicros;
  const analysed = new Set(files.map(({ path }) => urlOf(cwd, path)));
  const others = code.urls.filter((url) => !analysed.has(url)).reduce((sum, url) => sum + code.microsOf(url), 0);
  const { garbageCollector, program, node, withoutSource } = code.unmapped;
  const saved = files.reduce((sum, file) => sum + savedMicros(file, code, urlOf(cwd, file.path)), 0);
  return {
    busyMicros: code.busyMicros,
    unmapped: {
      garbageCollector: share(garbageCollector),
      program: share(program),
      node: share(node),
      withoutSource: share(withoutSource),
      otherFiles: share(others),
    },
    bound: 1 / Math.max(1 - share(saved), Number.EPSILON),
  };
}

/** Time that mending a file's findings can save; findings that share lines do not save them twice. */
function savedMicros(file: AnalyzedFile, code: MeasuredCode, url: string): number {
  const fractions = new Map<number, number>();
  for (const { line, endLine, measured } of file.findings) {
    const { share = 0, saving } = measured ?? {};
    if (saving === undefined || share === 0) continue;
    for (let at = line; at <= endLine; at += 1)
      fractions.set(at, Math.max(fractions.get(at) ?? 0, saving.share / share));
  }
  return [...fractions].reduce((sum, [line, fraction]) => sum + fraction * code.microsIn(url, line, line), 0);
}

function urlOf(cwd: string, path: string): string {
  return pathToFileURL(resolve(cwd, path)).href;
}

function measure(code: MeasuredCode, url: string, { start, line, column, endLine }: Lines): Measured {
  const runs = code.hasCoverage ? code.runsAt(url, start, line, column) : undefined;
  const micros = code.hasProfile ? code.microsIn(url, line, endLine) : undefined;
  const share = micros === undefined || code.busyMicros === 0 ? undefined : micros / code.busyMicros;
  const heat = runs?.count === 0 ? 'not executed' : share === undefined ? undefined : heatOf(share);
  return {
    ...(heat === undefined ? {} : { heat }),
    ...(micros === undefined || share === undefined ? {} : { micros, share }),
    ...(runs === undefined ? {} : { runs }),
  };
}

function heatOf(share: number): Heat {
  if (share >= hotShare) return 'hot';
  return share >= warmShare ? 'warm' : 'cold';
}

function savingOf({ share, runs }: Measured, ruleId: string, ratios: MeasuredRatios): Saving | undefined {
  if (share === undefined) return undefined;
  if (runs === undefined || runs.calls === 0) return { share };
  const n = runs.count / runs.calls;
  const ratio = ratioAt(ruleId, n, ratios);
  if (ratio === undefined) return { share };
  return { share: share * Math.max(0, 1 - 1 / ratio), ratio, n };
}
