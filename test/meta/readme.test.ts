import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'bin/booster.cjs');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const hasTerminal = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;

/** Code blocks of a language, without their fences. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map((match) => match[1] ?? '');
}

/** A busy machine takes longer than the moment after which a spinner appears. */
function withoutSpinner(text: string): string {
  return text.replace(/\u001b\[[?\d]*[a-zA-Z]|[\u2800-\u28ff] [^\u001b\n]*/g, '');
}

function withoutTime(text: string): string {
  return text.replace(/(in|·) [\d.]+ m?s\b/, '$1 …');
}

describe('README', () => {
  it.skipIf(!hasTerminal).each(blocks('console'))(
    'shows what the command prints to a terminal of 100 columns: %s',
    (demo) => {
      const [prompt = '', ...shown] = demo.split('\n');
      const args = prompt.replace('$ npx booster ', '');
      const env = {
        ...process.env,
        NO_COLOR: '1',
        TERM: 'xterm',
        npm_command: 'exec',
        CI: '',
        BOOSTER_RECORDS: 'never',
      };
      const command = `stty cols 100; ${process.execPath} ${bin} ${args}`;
      const { stdout } = spawnSync('script', ['-qfec', command, '/dev/null'], {
        cwd: root,
        env,
        encoding: 'utf8',
        input: '',
      });
      expect(withoutTime(withoutSpinner(stdout.replaceAll('\r\n', '\n')))).toBe(withoutTime(shown.join('\n')));
    },
  );

  it.each([
    ['rewritten export const hit = (xs) => new Set(xs).size;', 0],
    ['applied function one() {\n  return 1;\n}\n\nfunction two() {\n  return 1 + 1;\n}', 1],
    ['rewritten export const last = (xs) => Array.isArray(xs) && xs.at(-1); 1', 2],
    ['done user.route.ts', 3],
  ])('has a library example that runs and prints %s', (printed, index) => {
    const example = blocks('js')[index] ?? '';
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', example], {
      cwd: root,
      encoding: 'utf8',
    });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(stdout).toContain(printed);
  });
});

describe('every command of the README', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'booster-readme-'));
    mkdirSync(join(folder, 'src'));
    const slow = 'export const last = (xs: string[]) => xs.slice(-1)[0];\n';
    for (const name of ['src/a.ts', 'a.ts']) writeFileSync(join(folder, name), slow);
    const fast = slow.replace('slice(-1)[0]', 'at(-1)');
    writeFileSync(join(folder, 'edit.txt'), `<<<<<<< SEARCH\n${slow}=======\n${fast}>>>>>>> REPLACE\n`);
    writeFileSync(join(folder, 'changes.patch'), `--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1 +1 @@\n-${slow}+${fast}`);
    const schema = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
    writeFileSync(join(folder, 'user.schema.json'), JSON.stringify(schema));
    writeFileSync(join(folder, 'package.json'), '{ "scripts": { "test": "node -e 0" } }');
    writeFileSync(join(folder, 'user.json'), '{"name": "Ada"}');
    spawnSync('git', ['init', '-q'], { cwd: folder });
    spawnSync('git', ['add', '.'], { cwd: folder });
  });
  afterEach(() => {
    // one of the commands leaves a pool running, which is its purpose
    spawnSync(process.execPath, [bin, 'pool', 'stop'], { cwd: folder });
    rmSync(folder, { recursive: true });
  });

  const commands = blocks('sh')
    .flatMap((block) => block.split('\n'))
    .map((line) => line.replace(/\s+#.*$/, ''))
    .filter((line) => line.startsWith('npx booster'));

  /** What is not 0 in a fresh project with something to do and no pool. */
  const exitCodes = [
    ['--check', 1],
    ['pool status', 3],
  ] as const;

  it.each(commands)('%s', (command) => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', command.replace('npx booster', `'${process.execPath}' '${bin}'`)],
      {
        cwd: folder,
        env: { ...process.env, XDG_STATE_HOME: join(folder, '.state') },
        encoding: 'utf8',
      },
    );
    expect({ status, errors: stderr.match(/^error:.*/m) }).toEqual({
      status: exitCodes.find(([part]) => command.includes(part))?.[1] ?? 0,
      errors: null,
    });
  });
});
