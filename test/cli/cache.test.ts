import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/records/run-record.ts';
import { Project, after, before, ruleId } from './project.ts';

let project: Project;
beforeEach(() => {
  project = new Project();
  mkdirSync(join(project.folder, '.home'));
});
afterEach(() => {
  project.remove();
});

const cacheFolder = '.home/.local/state/booster/cache';
const optimize = ['optimize', 'a.ts', '--rule', ruleId];

async function isCached(env: Readonly<Record<string, string>> = {}): Promise<boolean> {
  const { stdout } = await project.run(['runs', 'list', '--json', '--limit', '1'], { env });
  return (JSON.parse(stdout) as { runs: RunRecord[] }).runs[0]?.cached === true;
}

function withoutTimes(text: string): string {
  return text.replaceAll(/[\d.]+ m?s\b/g, '').replaceAll(/"durationMs": \d+/g, '');
}

describe('the cache of results', () => {
  it('gives the same file and the same diff as a fresh run', async () => {
    project.write('a.ts', before);
    const fresh = await project.run(optimize);
    expect(await isCached()).toBe(false);
    const cached = await project.run(optimize);
    expect(await isCached()).toBe(true);
    expect(withoutTimes(cached.stdout)).toBe(withoutTimes(fresh.stdout));
    expect(cached.exitCode).toBe(fresh.exitCode);
    await project.run([...optimize, '--write']);
    expect(await isCached()).toBe(true);
    expect(project.read('a.ts')).toBe(after);
  });

  it('is for the same text, rules and level only', async () => {
    project.write('a.ts', before);
    await project.run(optimize);
    for (const args of [
      ['optimize', 'a.ts'],
      [...optimize, '--level', 'balanced'],
    ]) {
      await project.run(args);
      expect(await isCached()).toBe(false);
    }
    project.write('a.ts', `${before}// another\n`);
    await project.run(optimize);
    expect(await isCached()).toBe(false);
  });

  it('is left alone with --no-cache, BOOSTER_CACHE=never and a configuration that says so', async () => {
    project.write('a.ts', before);
    await project.run([...optimize, '--no-cache']);
    await project.run(optimize, { env: { BOOSTER_CACHE: 'never' } });
    project.write('.boosterrc.json', '{ "cache": { "use": "never" } }');
    await project.run(optimize);
    expect(readdirSync(join(project.folder, '.home/.local/state/booster'))).toEqual(['runs']);
  });

  it('gives the same report of an analysis, for which no file is worked on a second time', async () => {
    for (let at = 0; at < 3; at += 1) project.write(`a${String(at)}.ts`, before);
    project.write('regex.ts', 'export const end = (text: string) => text.replace(/=+$/, String());\n');
    const analyze = ['analyze', '.', '--reporter', 'json', '--top', '3'];
    const report = async (): Promise<{ text: string; cached: number }> => {
      const { stdout } = await project.run(analyze);
      const text = withoutTimes(stdout);
      return { text: text.replaceAll(/ *"cached": true,?\n/g, ''), cached: text.split('"cached": true').length - 1 };
    };
    const fresh = await report();
    const again = await report();
    expect(fresh.cached).toBe(0);
    expect(again.cached).toBe(4);
    expect(again.text).toBe(fresh.text);
    project.write('a1.ts', `${before}// another\n`);
    expect((await report()).cached).toBe(3);
  });

  it('gives the same for a folder of many files, of which most have nothing to say', async () => {
    for (let at = 0; at < 64; at += 1) project.write(`quiet-${String(at)}.ts`, `export const n${String(at)} = 1;\n`);
    project.write('parsed.ts', 'export const first = (xs: number[]) => xs.slice(2, 3);\n');
    project.write('generated.ts', `// @generated\n${before}`);
    project.write('a.ts', before);
    const report = async (): Promise<{ files: object[]; summary: { changed: number } }> => {
      const { stdout } = await project.run(['optimize', '.', '--rule', ruleId, '--reporter', 'json']);
      return JSON.parse(stdout) as { files: object[]; summary: { changed: number } };
    };
    const fresh = await report();
    const again = await report();
    expect(again.files.filter((file) => 'cached' in file)).not.toEqual([]);
    expect(again.files.map((file) => ({ ...file, cached: undefined }))).toEqual(
      fresh.files.map((file) => ({ ...file, cached: undefined })),
    );
    project.write('quiet-1.ts', before);
    expect((await report()).summary.changed).toBe(2);
  });

  it('drops a damaged entry and works afresh', async () => {
    project.write('a.ts', before);
    await project.run(optimize);
    const [name = ''] = readdirSync(join(project.folder, cacheFolder));
    const path = join(project.folder, cacheFolder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"edits":[{', '"edits":[],"other":[{'));
    await project.run([...optimize, '--write']);
    expect(await isCached()).toBe(false);
    expect(project.read('a.ts')).toBe(after);
  });

  it('holds no code that can be read when there is a key, and nothing to be found with another or without it', async () => {
    project.write('a.ts', before);
    const env = { BOOSTER_ENCRYPTION_KEY: '1f'.repeat(32) };
    await project.run(optimize, { env });
    const [name = ''] = readdirSync(join(project.folder, cacheFolder));
    expect(readFileSync(join(project.folder, cacheFolder, name), 'utf8')).not.toContain('"edits"');
    await project.run(optimize, { env });
    expect(await isCached(env)).toBe(true);
    expect(project.read('.home/.local/state/booster/runs/open.jsonl')).not.toContain('a.ts');
    const both = { BOOSTER_ENCRYPTION_KEY: `${'2e'.repeat(32)},${env.BOOSTER_ENCRYPTION_KEY}` };
    await project.run(optimize, { env: both });
    expect(await isCached(both)).toBe(true);
    await project.run(optimize);
    expect(await isCached()).toBe(false);
    await project.run(optimize, { env: { BOOSTER_ENCRYPTION_KEY: '2e'.repeat(32) } });
    expect(await isCached(both)).toBe(false);
  });

  it('is not kept otherwise when the key is none: nothing is done, and the key not shown', async () => {
    project.write('a.ts', before);
    const env = { BOOSTER_ENCRYPTION_KEY: 'hunter2' };
    for (const args of [
      [...optimize, '--write', '--isolated'],
      ['runs', 'list'],
    ]) {
      const { stdout, stderr, exitCode } = await project.run(args, { env });
      expect([stdout, exitCode]).toEqual(['', 2]);
      expect(stderr).toMatch(/^error: key 1 of BOOSTER_ENCRYPTION_KEY is not 32 bytes .*\(E_CONFIG_INVALID\)$/m);
      expect(stderr).not.toContain('hunter2');
    }
    expect(project.read('a.ts')).toBe(before);
  });

  it('gives apply the same result for the same file and edit', async () => {
    const text = 'const a = 1;\nconst b = 2;\n';
    project.write('a.ts', text);
    const input = '<<<<<<< SEARCH\nconst a = 1;\n=======\nconst a = 3;\n>>>>>>> REPLACE\n';
    const fresh = await project.run(['apply', 'a.ts', '--edit', '-'], { input });
    expect(await isCached()).toBe(false);
    const cached = await project.run(['apply', 'a.ts', '--edit', '-'], { input });
    expect(await isCached()).toBe(true);
    expect(withoutTimes(cached.stdout)).toBe(withoutTimes(fresh.stdout));
    await project.run(['apply', 'a.ts', '--edit', '-', '--write'], { input });
    expect(project.read('a.ts')).toBe(text.replace('1', '3'));
  });
});
