import { describe, expect, it } from 'vitest';
import { planOptimize } from '../../../src/cli/commands/optimize-plan.ts';
import type { OptimizeFlags } from '../../../src/cli/program.ts';
import { rawOption } from '../../../src/cli/raw-option.ts';

const plain: OptimizeFlags = { ignore: true, errorsOnUnmatched: true, resident: true, record: true, cache: true };

describe('planOptimize', () => {
  it('previews the folder when nothing is said', () => {
    expect(planOptimize([], plain)).toEqual({
      mode: 'preview',
      input: { kind: 'files', patterns: ['.'], selection: { kind: 'all' } },
    });
  });

  it('takes all files of a git selection when no path narrows it', () => {
    expect(planOptimize([], { ...plain, since: 'main', check: true })).toEqual({
      mode: 'check',
      input: { kind: 'files', patterns: [], selection: { kind: 'since', ref: 'main' } },
    });
  });

  it('reads standard input for a dash, and for --stdin-filepath alone', () => {
    expect(planOptimize(['-'], plain)).toEqual({ mode: 'stdin', input: { kind: 'stdin', path: undefined } });
    expect(planOptimize([], { ...plain, stdinFilepath: 'x.ts' })).toEqual({
      mode: 'stdin',
      input: { kind: 'stdin', path: 'x.ts' },
    });
  });

  it.each([
    ['a dash with paths', ['-', 'a.ts'], {}],
    ['a dash with --write', ['-'], { write: true }],
    ['a dash with --staged', ['-'], { staged: true }],
    ['--stdin-filepath with paths', ['a.ts'], { stdinFilepath: 'x.ts' }],
    ['--verify without --write', ['a.ts'], { verify: 'true' }],
    ['an empty command', ['a.ts'], { verify: ' ', write: true }],
    ['--measure-runs without --measure', ['a.ts'], { measureRuns: '10', write: true }],
    ['fewer runs than a statement needs', ['a.ts'], { measure: 'true', measureRuns: '5', write: true }],
    ['--proof-timeout alone', ['a.ts'], { proofTimeout: '5', write: true }],
  ] as const)('refuses %s', (_title, paths, flags) => {
    expect(() => planOptimize(paths, { ...plain, ...flags })).toThrow(expect.objectContaining({ code: 'E_CLI_USAGE' }));
  });
});

describe('rawOption', () => {
  it('reads both forms of an option, and nothing behind --', () => {
    expect(rawOption(['a', '--reporter', 'json'], '--reporter')).toBe('json');
    expect(rawOption(['--reporter=json'], '--reporter')).toBe('json');
    expect(rawOption(['--', '--reporter=json'], '--reporter')).toBeUndefined();
    expect(rawOption(['--reporter'], '--reporter')).toBe('');
  });
});
