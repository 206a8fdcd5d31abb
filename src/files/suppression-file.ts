import { readFile } from 'node:fs/promises';
import { BoosterError } from '../shared/errors.ts';
import { fileProblem } from './file-problem.ts';
import { systemCode } from '../shared/system-fault.ts';
import { writeOutput } from './write-output.ts';

/** Findings that are known and accepted: file → rule → fingerprints. */
export type SuppressionTable = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

const version = 1;

/**
 * Reads a baseline; `undefined` when there is no such file.
 * @throws BoosterError E_SUPPRESSIONS_INVALID, E_FILE_NOT_READABLE
 */
export async function readSuppressions(path: string): Promise<SuppressionTable | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw fileProblem(error, path, 'read');
  }
  const table = parse(text);
  if (table !== undefined) return table;
  throw new BoosterError('E_SUPPRESSIONS_INVALID', `${path}: not a baseline of booster analyze`, { path });
}

/** Writes a baseline, sorted, so that it changes only where findings do. @throws BoosterError E_FILE_NOT_WRITABLE */
export async function writeSuppressions(path: string, table: SuppressionTable): Promise<void> {
  const files = sorted(table)
    .filter(([, rules]) => rules.size > 0)
    .map(([file, rules]) => [
      file,
      Object.fromEntries(sorted(rules).map(([rule, prints]) => [rule, [...prints].sort()])),
    ]);
  await writeOutput(
    path,
    `${JSON.stringify({ version, files: Object.fromEntries(files) as unknown }, undefined, 2)}\n`,
  );
}

function sorted<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

function parse(text: string): SuppressionTable | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['version'] !== version || !isRecord(value['files'])) return undefined;
  const table = new Map<string, Map<string, Set<string>>>();
  for (const [file, rules] of Object.entries(value['files'])) {
    if (!isRecord(rules)) return undefined;
    const byRule = new Map<string, Set<string>>();
    for (const [rule, prints] of Object.entries(rules)) {
      if (!Array.isArray(prints) || !prints.every((one) => typeof one === 'string')) return undefined;
      byRule.set(rule, new Set(prints));
    }
    table.set(file, byRule);
  }
  return table;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
