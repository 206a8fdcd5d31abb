import type { SuppressionTable } from '../files/suppression-file.ts';
import type { AnalyzedFile } from './analyzed-file.ts';

/** What a baseline does to the findings of a run. */
export interface BaselineOutcome {
  readonly files: readonly AnalyzedFile[];
  /** Findings that the baseline knows. */
  readonly suppressed: number;
  /** Entries for analysed files that match nothing any more. */
  readonly stale: number;
}

/** Leaves out the findings that the baseline knows. Entries of files that were not analysed are left alone. */
export function applyBaseline(files: readonly AnalyzedFile[], table: SuppressionTable): BaselineOutcome {
  let suppressed = 0;
  let stale = 0;
  const kept = files.map((file) => {
    const known = table.get(file.path);
    if (known === undefined || file.status !== 'analyzed') return file;
    const findings = file.findings.filter(({ ruleId, fingerprint }) => !known.get(ruleId)?.has(fingerprint));
    const count = [...known.values()].reduce((sum, prints) => sum + prints.size, 0);
    suppressed += file.findings.length - findings.length;
    stale += count - (file.findings.length - findings.length);
    return { ...file, findings };
  });
  return { files: kept, suppressed, stale };
}

/** The baseline with all findings of the analysed files in it, and of those files nothing else. */
export function suppressAll(files: readonly AnalyzedFile[], table: SuppressionTable): SuppressionTable {
  const result = new Map(table);
  for (const { path, status, findings } of files) {
    if (status !== 'analyzed') continue;
    const byRule = new Map<string, Set<string>>();
    for (const { ruleId, fingerprint } of findings) {
      const prints = byRule.get(ruleId) ?? new Set<string>();
      byRule.set(ruleId, prints.add(fingerprint));
    }
    result.set(path, byRule);
  }
  return result;
}

/** The baseline without entries that match nothing: of the analysed files, and of files that are gone. */
export function pruneBaseline(
  files: readonly AnalyzedFile[],
  table: SuppressionTable,
  exists: (path: string) => boolean,
): SuppressionTable {
  const analyzed = new Map(files.filter(({ status }) => status === 'analyzed').map((file) => [file.path, file]));
  const result = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  for (const [path, rules] of table) {
    const file = analyzed.get(path);
    if (file === undefined) {
      if (exists(path)) result.set(path, rules);
      continue;
    }
    const found = new Set(file.findings.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`));
    const kept = [...rules]
      .map(([rule, prints]) => [rule, new Set([...prints].filter((print) => found.has(`${rule} ${print}`)))] as const)
      .filter(([, prints]) => prints.size > 0);
    result.set(path, new Map(kept));
  }
  return result;
}
