import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseCoverage } from '../../../src/profile/coverage.ts';
import { parseCpuProfile } from '../../../src/profile/cpu-profile.ts';
import { MeasuredCode } from '../../../src/profile/measured-code.ts';
import { SourceMaps } from '../../../src/profile/source-maps.ts';
import { tempFolder } from '../files/temp-folder.ts';

// line 8 does nearly all of the work, line 13 is never run
const source = `interface Named {
  readonly name: string;
}

export function dedupe(names: readonly string[]): string[] {
  const kept: string[] = [];
  for (const name of names) {
    if (!kept.includes(name)) kept.push(name);
  }
  return kept;
}

export const unused = (named: Named): string => named.name;

const names: string[] = Array.from({ length: 9_000 }, (_, index) => 'name ' + String(index));
for (let round = 0; round < 3; round += 1) dedupe(names);
`;

function readUrl(url: string): string | undefined {
  try {
    return readFileSync(fileURLToPath(url), 'utf8');
  } catch {
    return undefined;
  }
}

/** Runs a program under the profiler and with counting, and reads what both wrote. */
function measure(folder: string, program: string, mapsInCoverage = false): MeasuredCode {
  const profiles = join(folder, 'profiles');
  const flags = mapsInCoverage ? ['--enable-source-maps'] : [];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, '--cpu-prof', `--cpu-prof-dir=${profiles}`, program],
    {
      cwd: folder,
      env: { PATH: process.env['PATH'], NODE_V8_COVERAGE: join(folder, 'coverage') },
      encoding: 'utf8',
    },
  );
  expect(status, stderr).toBe(0);
  const texts = (name: string): string[] =>
    readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file), 'utf8'));
  return new MeasuredCode({
    profiles: texts('profiles').map((text) => parseCpuProfile(text, 'x')),
    coverage: texts('coverage').map((text) => parseCoverage(text, 'x')),
    maps: new SourceMaps(readUrl),
    read: readUrl,
  });
}

function compiled(sourcemap: 'inline' | 'external' | false, minify = false): { code: string; map: string } {
  return transformSync(source, { loader: 'ts', sourcemap, sourcefile: 'slow.ts', minify, format: 'esm' });
}

function expectPlaces(code: MeasuredCode, url: string, text: string): void {
  const at = text.indexOf('kept.includes');
  const line = text.slice(0, at).split('\n').length;
  const column = at - text.lastIndexOf('\n', at);
  expect(code.microsIn(url, line, line) / code.microsOf(url)).toBeGreaterThan(0.5);
  expect(code.microsOf(url)).toBeLessThanOrEqual(code.busyMicros);
  expect(code.runsAt(url, at, line, column)).toEqual({ count: 27_000, calls: 3 });
  const never = text.indexOf('named.name');
  const neverLine = text.slice(0, never).split('\n').length;
  expect(code.runsAt(url, never, neverLine, never - text.lastIndexOf('\n', never))?.count).toBe(0);
}

describe('MeasuredCode', () => {
  it('finds time and counts of code that runs as it is written', () => {
    const folder = tempFolder();
    const { code } = compiled(false);
    writeFileSync(join(folder, 'slow.mjs'), code);
    expectPlaces(measure(folder, 'slow.mjs'), pathToFileURL(join(folder, 'slow.mjs')).href, code);
  });

  it.each([
    ['in the file', 'inline', false],
    ['beside it, minified to one line', 'external', true],
  ] as const)('finds them in the TypeScript source by a map %s', (_where, sourcemap, minify) => {
    const folder = tempFolder();
    const { code, map } = compiled(sourcemap, minify);
    writeFileSync(join(folder, 'slow.ts'), source);
    writeFileSync(
      join(folder, 'slow.mjs'),
      sourcemap === 'external' ? `${code}//# sourceMappingURL=slow.mjs.map\n` : code,
    );
    if (sourcemap === 'external') writeFileSync(join(folder, 'slow.mjs.map'), map);
    const url = pathToFileURL(join(folder, 'slow.ts')).href;
    const measured = measure(folder, 'slow.mjs');
    const at = source.indexOf('kept.includes');
    expect(measured.runsAt(url, at, 8, 10)).toEqual({ count: 27_000, calls: 3 });
    expect(measured.urls).toContain(url);
    if (!minify) expectPlaces(measured, url, source);
  });

  it('counts a statement behind a condition by itself, though its map points to the blank before it', () => {
    const folder = tempFolder();
    const text =
      'let kept: number[] = [];\nfor (let at = 0; at < 9; at += 1) {\n  if (at % 3 === 0) kept = [...kept, at];\n}\n';
    const { code } = transformSync(text, { loader: 'ts', sourcemap: 'inline', sourcefile: 'few.ts', format: 'esm' });
    writeFileSync(join(folder, 'few.ts'), text);
    writeFileSync(join(folder, 'few.mjs'), code);
    const url = pathToFileURL(join(folder, 'few.ts')).href;
    expect(measure(folder, 'few.mjs').runsAt(url, text.indexOf('kept = [...'), 3, 21)?.count).toBe(3);
  });

  it('finds them by the map that Node puts beside the counts', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'slow.ts'), source);
    writeFileSync(join(folder, 'slow.mjs'), compiled('inline').code);
    const url = pathToFileURL(join(folder, 'slow.ts')).href;
    expectPlaces(measure(folder, 'slow.mjs', true), url, source);
  });

  it('takes generated code with a damaged map as it is', () => {
    const folder = tempFolder();
    const { code } = compiled(false);
    writeFileSync(join(folder, 'slow.mjs'), `${code}//# sourceMappingURL=slow.mjs.map\n`);
    writeFileSync(join(folder, 'slow.mjs.map'), '{"version":3,"mappings":7}');
    expectPlaces(measure(folder, 'slow.mjs'), pathToFileURL(join(folder, 'slow.mjs')).href, code);
  });

  it('says how much time belongs to no source', () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'garbage.mjs'), 'let all = []; for (let i = 0; i < 300_000; i += 1) all.push({ i });\n');
    const { unmapped, busyMicros } = measure(folder, 'garbage.mjs');
    const sum = unmapped.garbageCollector + unmapped.program + unmapped.node + unmapped.withoutSource;
    expect(unmapped.node).toBeGreaterThan(0);
    expect(sum).toBeLessThanOrEqual(busyMicros);
  });
});
