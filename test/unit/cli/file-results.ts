import type { FileResult, RunSummary } from '../../../src/app/file-result.ts';
import type { PlacedFinding } from '../../../src/engine/optimize.ts';
import type { ReporterContext } from '../../../src/cli/reporters/reporter.ts';
import { plainPaint } from '../../../src/cli/terminal.ts';

export function finding(overrides: Partial<PlacedFinding> = {}): PlacedFinding {
  return {
    ruleId: 'slow-thing',
    start: 4,
    end: 8,
    line: 2,
    column: 5,
    message: 'This copies the array in every round.',
    tier: 'safe',
    evidence: ['xs is an array (annotation)'],
    complexity: { before: 'O(n²)', after: 'O(n)' },
    status: 'applied',
    ...overrides,
  };
}

/** A file in which `slow` became `fast`. */
export function changedFile(overrides: Partial<FileResult> = {}): FileResult {
  return {
    path: 'src/a.ts',
    status: 'changed',
    named: true,
    change: {
      before: 'one\nslow\nthree\n',
      after: 'one\nfast\nthree\n',
      edits: [{ start: 4, end: 8, text: 'fast' }],
      bom: false,
    },
    findings: [finding()],
    failedRules: [],
    reader: 'oxc',
    bytes: 15,
    durationMs: 1.5,
    ranIn: 'in-process',
    ...overrides,
  };
}

export function failedFile(overrides: Partial<FileResult> = {}): FileResult {
  return {
    path: 'src/b.ts',
    status: 'refused',
    named: false,
    reason: {
      code: 'E_SYNTAX',
      message: 'unexpected token',
      remedy: 'mend the syntax error first',
      line: 3,
      column: 7,
    },
    findings: [],
    failedRules: [],
    reader: 'none',
    bytes: 9,
    durationMs: 0.4,
    ...overrides,
  };
}

export function summary(overrides: Partial<RunSummary> = {}): RunSummary {
  return {
    files: 120,
    written: 0,
    changed: 0,
    unchanged: 120,
    refused: 0,
    conflicts: 0,
    failed: 0,
    bytes: 4096,
    durationMs: 812.4,
    applied: 0,
    availableAtBalanced: 0,
    availableAtAggressive: 0,
    manual: 0,
    failedRules: 0,
    interrupted: false,
    ...overrides,
  };
}

export interface CapturedContext {
  readonly context: ReporterContext;
  stdout(): string;
  stderr(): string;
}

export function capture(overrides: Partial<ReporterContext> = {}): CapturedContext {
  let stdout = '';
  let stderr = '';
  const terminal = { paint: plainPaint, colored: false, isTTY: false, reportsColumns: false, columns: 80 };
  return {
    context: {
      out: (text) => {
        stdout += text;
      },
      err: (text) => {
        stderr += text;
      },
      stdout: terminal,
      stderr: terminal,
      mode: 'preview',
      level: 'safe',
      quiet: false,
      verbose: false,
      measured: {
        'slow-thing': [
          { name: 'a list', n: 10_000, ratio: 602.7, node: '20.20.2' },
          { name: 'a list', n: 100, ratio: 2.44, node: '20.20.2' },
        ],
      },
      command: ['optimize', 'src'],
      program: 'booster',
      workspacePrefix: '',
      ...overrides,
    },
    stdout: () => stdout,
    stderr: () => stderr,
  };
}
