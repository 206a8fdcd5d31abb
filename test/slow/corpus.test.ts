import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FileResult } from '../../src/app/file-result.ts';
import { sourcesSection } from '../../scripts/corpus-report.mjs';
import { withPart } from '../../scripts/page-part.mjs';
import { tiers } from '../../src/engine/finding.ts';
import { corpusPackages, copySources, listSources } from './corpus-packages.ts';
import { changeProblems } from './judge-change.ts';
import { optimizeTree } from './optimize-tree.ts';
import type { TreeRun } from './optimize-tree.ts';

const bin = fileURLToPath(new URL('../../bin/booster.cjs', import.meta.url));
const page = fileURLToPath(new URL('../../docs/corpus.md', import.meta.url));
const folders: string[] = [];
/** A row for each level, as the page has it. */
const rows: Parameters<typeof sourcesSection>[0] = [];

async function copyCorpus(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'booster-corpus-')));
  folders.push(folder);
  for (const name of corpusPackages) copySources(name, folder);
  return folder;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Where a result came from and how long it took say nothing about what it is. */
function timeless(result: FileResult): object {
  return { ...result, durationMs: undefined, phases: undefined, ranIn: undefined };
}

function appliedByRule(results: readonly FileResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { findings } of results) {
    for (const { ruleId, status } of findings) {
      if (status === 'applied') counts[ruleId] = (counts[ruleId] ?? 0) + 1;
    }
  }
  return Object.fromEntries(Object.entries(counts).sort());
}

describe.each(tiers)('sources of five packages at level %s', (level) => {
  let folder: string;
  let paths: string[];
  let run: TreeRun;
  let originals: Map<string, Buffer>;

  beforeAll(async () => {
    folder = await copyCorpus();
    paths = listSources(folder);
    originals = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
    run = await optimizeTree({ folder, paths, level, write: true });
    const { files, written, unchanged, refused, applied } = run.summary;
    const rules = appliedByRule(run.results);
    console.log(
      `${level}: ${files} files, ${written} written, ${unchanged} unchanged, ${refused} refused, ${applied} rewrites`,
      rules,
    );
    rows.push({ level, files, written, unchanged, refused, rules });
  });

  test('every file ends as written, unchanged or refused with a reason', () => {
    expect(paths.length).toBeGreaterThanOrEqual(500);
    expect(run.results.map(({ path }) => path)).toEqual(paths);
    const others = run.results.filter(({ status }) => !['written', 'unchanged', 'refused'].includes(status));
    expect(others).toEqual([]);
    const silent = run.results.filter(({ status, reason }) => (status === 'refused') !== (reason !== undefined));
    expect(silent).toEqual([]);
    expect(run.summary.written).toBeGreaterThan(0);
  });

  test('no rule fails', () => {
    const failed = run.results.filter(({ failedRules }) => failedRules.length > 0);
    expect(failed.map(({ path, failedRules }) => ({ path, failedRules }))).toEqual([]);
  });

  test('each rewritten file parses, keeps its comments and differs in the edits only', () => {
    const problems = run.results.flatMap(({ path, change }) =>
      change === undefined ? [] : changeProblems(path, change).map((problem) => `${path}: ${problem}`),
    );
    expect(problems).toEqual([]);
  });

  test('the disk holds exactly what the results say', () => {
    const wrong = run.results.filter(({ path, change }) => {
      const now = readFileSync(join(folder, path));
      if (change === undefined) return !originals.get(path)?.equals(now);
      return now.toString() !== (change.bom ? '\uFEFF' : '') + change.after;
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test('a second run changes nothing', async () => {
    const again = await optimizeTree({ folder, paths, level, write: false });
    expect(again.results.filter(({ change }) => change !== undefined).map(({ path }) => path)).toEqual([]);
    expect(again.summary).toMatchObject({ changed: 0, failed: 0, refused: run.summary.refused });
  });
});

test('docs/corpus.md says what was found; BOOSTER_WRITE_DOCS=1 writes it', () => {
  const text = readFileSync(page, 'utf8');
  const wanted = withPart(text, 'sources', sourcesSection(rows));
  if (process.env['BOOSTER_WRITE_DOCS'] === '1') writeFileSync(page, wanted);
  else expect(text).toBe(wanted);
});

test('one thread and two workers give the same results', async () => {
  const folder = await copyCorpus();
  const paths = listSources(folder);
  const [one, two] = [
    await optimizeTree({ folder, paths, level: 'aggressive', write: false, threads: 1 }),
    await optimizeTree({ folder, paths, level: 'aggressive', write: false, threads: 2 }),
  ];
  expect(two.results.some(({ ranIn }) => ranIn === 'worker')).toBe(true);
  expect(two.results.map(timeless)).toEqual(one.results.map(timeless));
});

test('the command rewrites the whole tree, and a second run with --check finds nothing to do', async () => {
  const cwd = await copyCorpus();
  const env = { XDG_CACHE_HOME: join(cwd, '.cache') };
  const booster = async (...args: string[]): Promise<{ exitCode: number | undefined; stderr: string }> => {
    const command = [bin, 'optimize', '.', '--isolated', ...args];
    const { exitCode, stderr } = await execa(process.execPath, command, { cwd, env, reject: false });
    return { exitCode, stderr };
  };
  const before = new Map(listSources(cwd).map((path) => [path, readFileSync(join(cwd, path), 'utf8')]));
  const first = await booster('--write');
  expect(first, first.stderr).toMatchObject({ exitCode: 0 });
  const changed = [...before].filter(([path, text]) => readFileSync(join(cwd, path), 'utf8') !== text);
  expect(changed.length).toBeGreaterThan(0);
  const second = await booster('--check');
  expect(second, second.stderr).toMatchObject({ exitCode: 0 });
});
