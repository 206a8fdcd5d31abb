import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Edit } from '../../../src/engine/edit.ts';
import { applyEdits, sortEdits } from '../../../src/engine/edit.ts';
import { unifiedDiff } from '../../../src/cli/unified-diff.ts';

let folder: string;
const environment = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
const git = (args: string[], input?: string, cwd = folder): string =>
  execFileSync('git', args, {
    cwd,
    input,
    env: environment,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-diff-'));
  git(['init', '-q']);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function changeOf(before: string, edits: readonly Edit[], bom = false) {
  const sorted = sortEdits(edits);
  return { before, after: applyEdits(before, sorted), edits: sorted, bom };
}

/** Replaces the first occurrence of `old`. */
function replacing(before: string, old: string, text: string, bom = false) {
  const start = before.indexOf(old);
  return changeOf(before, [{ start, end: start + old.length, text }], bom);
}

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** What `git apply` makes of the file. */
function applied(path: string, change: ReturnType<typeof changeOf>, cwd = folder): string {
  const mark = change.bom ? '\uFEFF' : '';
  mkdirSync(dirname(join(cwd, path)), { recursive: true });
  writeFileSync(join(cwd, path), mark + change.before);
  const diff = unifiedDiff(path, change);
  git(['apply', '--check'], diff, cwd);
  git(['apply'], diff, cwd);
  return readFileSync(join(cwd, path), 'utf8');
}

const numbered = Array.from({ length: 40 }, (_, index) => `line ${String(index)}\n`).join('');

describe('unifiedDiff', () => {
  it('shows the changed line with three lines of context', () => {
    expect(unifiedDiff('src/a.js', replacing(numbered, 'line 20\n', 'LINE\n'))).toBe(
      [
        '--- a/src/a.js',
        '+++ b/src/a.js',
        '@@ -18,7 +18,7 @@',
        ' line 17\n line 18\n line 19\n-line 20\n+LINE\n line 21\n line 22\n line 23\n',
      ].join('\n'),
    );
  });

  it('is empty when the edits change nothing', () => {
    expect(unifiedDiff('a.js', replacing(numbered, 'line 20', 'line 20'))).toBe('');
  });

  it('joins close changes into one hunk and keeps far ones apart', () => {
    const at = (n: number): Edit => {
      const start = numbered.indexOf(`line ${String(n)}\n`);
      return { start, end: start + 4, text: 'LINE' };
    };
    const hunks = (edits: Edit[]): number => unifiedDiff('a.js', changeOf(numbered, edits)).match(/^@@/gm)?.length ?? 0;
    expect(hunks([at(10), at(17)])).toBe(1);
    expect(hunks([at(10), at(18)])).toBe(2);
  });

  it('shows only the lines that differ inside an edit of many lines', () => {
    const before = 'a\nb\nc\nd\ne\n';
    const diff = unifiedDiff('a.js', changeOf(before, [{ start: 0, end: before.length, text: 'a\nB\nc\nD\ne\n' }]));
    expect(diff.match(/^[-+](?![-+])/gm)).toHaveLength(4);
  });

  const cases: Record<string, ReturnType<typeof changeOf>> = {
    'a plain file': replacing(numbered, 'line 3', 'three'),
    'the first line': replacing(numbered, 'line 0', 'zero'),
    'the last line': replacing(numbered, 'line 39', 'last'),
    'a file without final newline': replacing('a\nb\nc', 'c', 'see'),
    'a final newline that is added': replacing('a\nb\nc', 'c', 'c\n'),
    'a final newline that is removed': replacing('a\nb\nc\n', 'c\n', 'c'),
    'CRLF line ends': replacing(numbered.replaceAll('\n', '\r\n'), 'line 7', 'seven'),
    'lone carriage returns': replacing('a\rb\rc\nd\n', 'b', 'B'),
    'a byte order mark on a changed first line': replacing(numbered, 'line 0', 'zero', true),
    'a byte order mark in the context': replacing(numbered, 'line 2', 'two', true),
    'lines joined': replacing(numbered, 'line 5\nline 6', 'line 5 line 6'),
    'lines deleted': replacing(numbered, 'line 5\nline 6\n', ''),
    'lines inserted': replacing(numbered, 'line 5\n', 'line 5\nx\ny\n'),
    'text added at the end': changeOf('a\n', [{ start: 2, end: 2, text: 'b\n' }]),
    'everything deleted': replacing('a\nb\n', 'a\nb\n', ''),
    'an empty file filled': changeOf('', [{ start: 0, end: 0, text: 'a\n' }]),
    'astral characters and line separators': replacing('😀a\u2028b\nc\n', 'b', '🚀'),
  };
  for (const [title, change] of Object.entries(cases)) {
    it(`is applied by git byte for byte: ${title}`, () => {
      expect(applied('src/case.js', change)).toBe((change.bom ? '\uFEFF' : '') + change.after);
    });
  }

  for (const name of [
    'with space.js',
    'quo"te.js',
    'back\\slash.js',
    'tab\tand\nnewline.js',
    'ünï-😀.js',
    'dir/b/c.js',
  ]) {
    it(`names files so that git finds them: ${JSON.stringify(name)}`, () => {
      const change = replacing(numbered, 'line 3', 'three');
      expect(applied(name, change)).toBe(change.after);
    });
  }

  it('is applied by git in a sub-folder of the repository, with paths relative to it', () => {
    const change = replacing(numbered, 'line 3', 'three');
    mkdirSync(join(folder, 'packages/x'), { recursive: true });
    expect(applied('src/a.js', change, join(folder, 'packages/x'))).toBe(change.after);
  });

  it('is applied by git byte for byte, whatever the text and the edits are', () => {
    const piece = fc.constantFrom('a', 'b', '\n', '\r\n', '', 'x\ny', '\n\n', '😀');
    const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    const cuts = fc.array(fc.tuple(fc.nat(60), fc.nat(6), text), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(text, cuts, fc.boolean(), (before, raw, bom) => {
        const edits: Edit[] = [];
        let at = 0;
        for (const [gap, length, inserted] of raw) {
          const start = at + gap;
          if (start + length > before.length) break;
          edits.push({ start, end: start + length, text: inserted });
          at = start + length + 1;
        }
        const change = changeOf(before, edits, bom);
        fc.pre(change.after !== before && isWellFormed(before) && isWellFormed(change.after));
        expect(applied('random.js', change)).toBe((bom ? '\uFEFF' : '') + change.after);
      }),
      { numRuns: 60 },
    );
  });

  it('takes time linear in the size of the file', () => {
    const text = 'let a = b.c;\n'.repeat(200_000);
    const edits = Array.from({ length: 20_000 }, (_, index) => {
      const start = index * 130 + 4;
      return { start, end: start + 1, text: 'z' };
    });
    expect(unifiedDiff('big.js', changeOf(text, edits)).match(/^\+let z/gm)).toHaveLength(20_000);
  });
});
