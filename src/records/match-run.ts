import type { RunFilter } from './record-store.ts';
import type { RunRecord } from './run-record.ts';

export function matchesFilter(record: RunRecord, { command, status, since, file }: RunFilter): boolean {
  return (
    (command === undefined || record.command === command) &&
    (status === undefined || record.status === status) &&
    (since === undefined || record.at >= since) &&
    (file === undefined || (record.file !== undefined && isNamed(record.file, file)))
  );
}

function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`/${name}`);
}

/** Newest first; of those that began together, the files of a run in their order. */
export function newestFirst(a: RunRecord, b: RunRecord): number {
  return b.at - a.at || compareIds(a.id, b.id);
}

/** Ids of a run are numbered behind a dot: `.10` comes after `.9`. */
export function compareIds(a: string, b: string): number {
  const [runA = '', indexA = '1'] = a.split('.');
  const [runB = '', indexB = '1'] = b.split('.');
  if (runA !== runB) return runA < runB ? -1 : 1;
  return Number(indexA) - Number(indexB);
}
