import { describe, expect, it } from 'vitest';
import type { ApplyOutcome, ApplyResult } from '../../../src/app/apply-result.ts';
import type { FileChange } from '../../../src/app/file-result.ts';
import { exitCodeOfApply } from '../../../src/cli/exit-codes.ts';
import type { ApplyContext } from '../../../src/cli/reporters/apply-context.ts';
import { applyJson } from '../../../src/cli/reporters/apply-json.ts';
import { applyText } from '../../../src/cli/reporters/apply-text.ts';
import type { Terminal } from '../../../src/cli/terminal.ts';
import { plainPaint } from '../../../src/cli/terminal.ts';
import type { Refusal } from '../../../src/engine/merge/merge.ts';

const pipe: Terminal = { paint: plainPaint, colored: false, isTTY: false, reportsColumns: false, columns: 80 };
const narrow: Terminal = { ...pipe, isTTY: true, reportsColumns: true, columns: 44 };

const change: FileChange = {
  before: 'one\ntwo\nthree\n',
  after: 'one\n2\n2.5\nthree\n',
  edits: [{ start: 4, end: 7, text: '2\n2.5' }],
  bom: false,
};

const diff = '--- a/a.ts\n+++ b/a.ts\n@@ -1,3 +1,4 @@\n one\n-two\n+2\n+2.5\n three\n';

const refusal: Refusal = {
  status: 'refused',
  code: 'E_APPLY_AMBIGUOUS',
  message: 'The edit fits two places.',
  advice: 'Send the line above the change.',
  candidates: [
    { startLine: 3, endLine: 3, text: 'return total;' },
    { startLine: 12, endLine: 14, text: '\treturn total;' },
  ],
  editLine: 2,
  difference: { line: 4, found: 'a();', expected: 'b();' },
};

const applied: ApplyResult = {
  path: 'a.ts',
  status: 'applied',
  written: false,
  language: 'typescript',
  hash: 'aa',
  newHash: 'bb',
  merged: { engine: 'merge', form: 'lazy', deleted: [] },
  change,
  edit: 'e',
  durationMs: 3.21,
};
const refused: ApplyResult = {
  path: 'b.ts',
  status: 'refused',
  written: false,
  language: 'typescript',
  refusal,
  edit: 'first\r\nsecond\x1b[31m\r\n',
  durationMs: 1,
};
const failed: ApplyResult = {
  path: 'c.ts',
  status: 'failed',
  written: false,
  language: 'typescript',
  edit: '',
  reason: { code: 'E_FILE_NOT_FOUND', message: 'does not exist', remedy: 'check the path' },
  durationMs: 1,
};
const unchanged: ApplyResult = {
  path: 'd.ts',
  status: 'unchanged',
  written: false,
  language: 'typescript',
  merged: { engine: 'merge', form: 'full', deleted: [] },
  edit: '',
  durationMs: 1,
};

function outcome(...results: ApplyResult[]): ApplyOutcome {
  const files = results.flatMap((each) =>
    each.change === undefined || each.path === undefined ? [] : [{ path: each.path, change: each.change }],
  );
  return { results, files, durationMs: 5 };
}

function context(overrides: Partial<ApplyContext> = {}): ApplyContext {
  const sure = { mode: 'preview', isList: false, quiet: false, verbose: false, stdout: pipe, stderr: pipe } as const;
  return { ...sure, writeCommand: 'booster apply a.ts --edit e --write', ...overrides };
}

describe('the text of apply', () => {
  it('is the diff on stdout, and on stderr what was done and how to write it', () => {
    expect(applyText(outcome(applied), context())).toEqual({
      out: diff,
      err:
        'a.ts: applies, 2 lines added, 1 removed · snippet with markers · merged by anchors · 3 ms\n' +
        'Write it: booster apply a.ts --edit e --write\n',
    });
  });

  it('is the name of the file on stdout with --write', () => {
    const { out, err } = applyText(outcome({ ...applied, written: true }), context({ mode: 'write' }));
    expect(out).toBe('a.ts\n');
    expect(err).toMatch(/^a\.ts: written, 2 lines added, 1 removed · [^\n]*\n$/);
  });

  it('is nothing but the verdict with --check', () => {
    const check = context({ mode: 'check' });
    expect(applyText(outcome(applied), check)).toEqual({ out: 'applies a.ts\n', err: '' });
    expect(applyText(outcome(unchanged), check)).toEqual({ out: 'unchanged d.ts\n', err: '' });
  });

  it('is nothing but the diff with --quiet', () => {
    expect(applyText(outcome(applied), context({ quiet: true }))).toEqual({ out: diff, err: '' });
  });

  it('names the definitions that go, and why another engine had to do it', () => {
    const merged = {
      engine: 'fallback',
      form: 'definition',
      deleted: ['parseOld', 'Reader.close'],
      fellBack: { code: 'E_WASM_TRAP', message: 'the parser trapped' },
    } as const;
    const { err } = applyText(outcome({ ...applied, merged }), context());
    expect(err).toContain('whole definitions · merged by lines alone');
    expect(err).toContain('\n  deletes: parseOld, Reader.close\n  fell back: the parser trapped (E_WASM_TRAP)\n');
  });

  it('tells the hashes with --verbose', () => {
    expect(applyText(outcome(applied), context({ verbose: true })).err).toContain('  hash aa\n  new hash bb\n');
  });

  it('explains a refusal with the line of the edit, the places, the difference and the advice', () => {
    expect(applyText(outcome(refused), context())).toEqual({
      out: '',
      err: [
        'refused: b.ts (E_APPLY_AMBIGUOUS)',
        '  The edit fits two places.',
        String.raw`  edit line 2    | second\x1b[31m`,
        '  places it could mean, by line of the file:',
        '    3            | return total;',
        '    12-14        |  return total;',
        '  first difference, line 4 of the file:',
        '    file has     | a();',
        '    edit has     | b();',
        '  help: Send the line above the change.',
        '',
      ].join('\n'),
    });
  });

  it('advises what the table of errors says when the refusal itself has no advice', () => {
    const { status, code, message, candidates } = refusal;
    const bare: Refusal = { status, code, message, candidates };
    const { err } = applyText(outcome({ ...refused, refusal: bare }), context());
    expect(err).toContain('  help: send more of the lines around the change\n');
  });

  it('cuts code and wraps sentences at the width of a terminal', () => {
    const long = { ...refusal, candidates: [{ startLine: 1, endLine: 1, text: '😀'.repeat(100) }] };
    const { err } = applyText(outcome({ ...refused, refusal: long }), context({ stderr: narrow }));
    for (const line of err.split('\n')) expect(line.length).toBeLessThanOrEqual(44);
    expect(err).toContain('\n  The edit fits two places.\n');
    expect(err).toMatch(/😀…\n/u);
  });

  it('shows no diff when one of several edits is refused, and says that nothing was written', () => {
    for (const mode of ['preview', 'write'] as const) {
      const { out, err } = applyText(outcome(applied, refused, failed), context({ isList: true, mode }));
      expect(out).toBe('');
      expect(err).toMatch(/3 edits, 1 refused, 1 failed: nothing was written\n$/);
    }
  });

  it('has a verdict for each of several edits with --check', () => {
    const { out } = applyText(outcome(applied, refused, failed), context({ isList: true, mode: 'check' }));
    expect(out).toBe('applies a.ts\nrefused b.ts\nfailed c.ts\n');
  });
});

describe('the JSON of apply', () => {
  const parse = (results: ApplyResult[], overrides: Partial<ApplyContext> = {}): unknown =>
    JSON.parse(applyJson(outcome(...results), context(overrides)).out);

  it('is one flat document for one edit', () => {
    expect(parse([applied])).toEqual({
      schemaVersion: 1,
      mode: 'preview',
      status: 'applied',
      path: 'a.ts',
      engine: 'merge',
      form: 'lazy',
      deleted: [],
      written: false,
      language: 'typescript',
      hash: 'aa',
      newHash: 'bb',
      durationMs: 3.2,
      linesAdded: 2,
      linesRemoved: 1,
      edits: change.edits,
      diff,
    });
  });

  it('holds the whole text where no file does', () => {
    const { status, written, language, edit, durationMs } = applied;
    const rest = { status, written, language, edit, durationMs, change: { ...change, bom: true } };
    expect(parse([rest])).toMatchObject({ output: `\uFEFF${change.after}` });
  });

  it('holds all of a refusal', () => {
    expect(parse([refused])).toMatchObject({
      status: 'refused',
      code: 'E_APPLY_AMBIGUOUS',
      message: 'The edit fits two places.',
      advice: 'Send the line above the change.',
      candidates: refusal.candidates,
      editLine: 2,
      difference: { line: 4, found: 'a();', expected: 'b();' },
    });
  });

  it('is a list where one was asked for, with the worst status', () => {
    expect(parse([unchanged], { isList: true })).toMatchObject({ status: 'unchanged', results: [{ path: 'd.ts' }] });
    expect(parse([applied, refused], { isList: true })).toMatchObject({ status: 'refused', written: false });
    expect(parse([refused, failed, applied], { isList: true })).toMatchObject({
      status: 'failed',
      results: [{}, { code: 'E_FILE_NOT_FOUND', message: 'does not exist', advice: 'check the path' }, {}],
    });
  });
});

describe('the exit code of apply', () => {
  it.each([
    [[applied, unchanged], 0],
    [[applied, refused], 1],
    [[refused, failed], 2],
    [[{ ...failed, status: 'conflict' as const }, applied], 1],
    [[{ ...failed, status: 'conflict' as const }, failed], 2],
  ])('of %# is %i', (results, code) => {
    expect(exitCodeOfApply(results)).toBe(code);
  });
});
