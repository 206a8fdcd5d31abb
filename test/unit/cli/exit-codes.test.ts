import { describe, expect, it } from 'vitest';
import { exitCodeOfRun, failsRun } from '../../../src/cli/exit-codes.ts';
import { changedFile, failedFile, summary } from './file-results.ts';

describe('exitCodeOfRun', () => {
  it('is 0 for a preview with changes and 1 for a check with changes', () => {
    expect(exitCodeOfRun(summary({ changed: 1 }), 'preview', false)).toBe(0);
    expect(exitCodeOfRun(summary({ changed: 1 }), 'check', false)).toBe(1);
    expect(exitCodeOfRun(summary(), 'check', false)).toBe(0);
  });

  it('lets an interruption win over a failure, and a failure over something to do', () => {
    expect(exitCodeOfRun(summary({ changed: 1 }), 'check', true)).toBe(2);
    expect(exitCodeOfRun(summary({ interrupted: true }), 'check', true)).toBe(130);
  });
});

describe('failsRun', () => {
  it('tolerates a file with a syntax error in a folder, but not when it was named or with --check', () => {
    expect(failsRun(failedFile(), 'preview')).toBe(false);
    expect(failsRun(failedFile(), 'write')).toBe(false);
    expect(failsRun(failedFile({ named: true }), 'preview')).toBe(true);
    expect(failsRun(failedFile(), 'check')).toBe(true);
  });

  it('never tolerates a file that could not be written or read', () => {
    const reason = { code: 'E_FILE_NOT_WRITABLE', message: '', remedy: '' };
    expect(failsRun(failedFile({ status: 'failed', reason }), 'write')).toBe(true);
  });

  it('fails when a rule threw, whatever the others did', () => {
    expect(failsRun(changedFile({ failedRules: [{ ruleId: 'x', message: 'boom' }] }), 'preview')).toBe(true);
    expect(failsRun(changedFile(), 'preview')).toBe(false);
  });
});
