import { mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/booster.cjs', import.meta.url));
const calls = 100;
const files = 20;
/** Long enough that a file takes a while, and different in each. */
const filler = (index: number) =>
  Array.from({ length: 500 }, (_, line) => `export const v${index}_${line} = ${line};\n`).join('');
const fast = (index: number) => `${filler(index)}export const newest = (xs: string[]) => xs.at(-1)!;\n`;
const slow = (index: number) => fast(index).replace('at(-1)!', 'slice(-1)[0]');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-parallel-'));
  mkdirSync(join(folder, 'src'));
  for (let index = 0; index < files; index += 1) writeFileSync(pathOf(index), slow(index));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (index: number): string => join(folder, 'src', `f${String(index)}.ts`);

function call(index: number, args: readonly string[]) {
  const event = {
    ...{ hook_event_name: 'PostToolUse', tool_use_id: `t${String(index)}`, cwd: folder, tool_name: 'Edit' },
    tool_input: { file_path: pathOf(index % files), old_string: 'xs.at(-1)!', new_string: 'xs.slice(-1)[0]' },
    tool_response: { filePath: pathOf(index % files) },
  };
  return execa(process.execPath, [bin, 'hook', '--timeout', '300000', ...args], {
    ...{ cwd: folder, input: JSON.stringify(event), reject: false, extendEnv: false },
    env: { PATH: process.env['PATH'] ?? '', HOME: join(folder, '.home') },
  });
}

/** Processes that work in the folder; on Linux only. */
function processesHere(): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readlinkSync(`/proc/${name}/cwd`) === folder;
    } catch {
      return false;
    }
  });
}

it.skipIf(process.platform !== 'linux')(
  'a hundred hook calls at a time all answer, write no file but as a whole, and leave no process and no file behind',
  async () => {
    // every other call writes, so five calls of both kinds compete for each file
    const runs = await Promise.all(
      Array.from({ length: calls }, (_, index) => call(index, Math.floor(index / files) % 2 === 0 ? ['--write'] : [])),
    );
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(runs.map(() => 0));
    const answers = runs.map(({ stdout }) => JSON.parse(stdout) as object);
    const isAnswer = (answer: object): boolean => 'hookSpecificOutput' in answer || Object.keys(answer).length === 0;
    expect(answers.filter((answer) => !isAnswer(answer))).toEqual([]);
    // whoever rewrote a file said so
    const told = answers.filter((answer) => Object.keys(answer).length > 0);
    expect(told.length).toBeGreaterThanOrEqual(files);
    for (let index = 0; index < files; index += 1) expect(readFileSync(pathOf(index), 'utf8')).toBe(fast(index));
    expect(readdirSync(join(folder, 'src')).filter((name) => !/^f\d+\.ts$/.test(name))).toEqual([]);
    expect(processesHere()).toEqual([]);
  },
);
