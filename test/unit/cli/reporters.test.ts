import { describe, expect, it } from 'vitest';
import { createReporter, reporterNames } from '../../../src/cli/reporters/create-reporter.ts';
import { plainPaint } from '../../../src/cli/terminal.ts';
import { capture, changedFile, failedFile, finding, summary } from './file-results.ts';

const diff = ['--- a/src/a.ts', '+++ b/src/a.ts', '@@ -1,3 +1,3 @@', ' one', '-slow', '+fast', ' three', ''].join('\n');

const spoken =
  'src/a.ts:2:5 slow-thing [safe] This copies the array in every round. ' +
  '(O(n²) → O(n); measured 603× at n=10,000 on Node 20; xs is an array (annotation))\n';

describe('pretty', () => {
  it('prints nothing but the diff on stdout and the explanation on stderr', async () => {
    const { context, stdout, stderr } = capture();
    const reporter = await createReporter('pretty', context);
    reporter.file(changedFile());
    expect(stdout()).toBe(diff);
    expect(stderr()).toBe(spoken);
  });

  it('gives the least and the most gain where workloads differ', async () => {
    const figures = [
      { name: 'a hit', n: 10_000, ratio: 34_800, node: '20.20' },
      { name: 'no hit', n: 10_000, ratio: 1.03, node: '20.20' },
      { name: 'no hit', n: 10, ratio: 7, node: '20.20' },
    ];
    const { context, stderr } = capture({ measured: { 'slow-thing': figures } });
    (await createReporter('pretty', context)).file(changedFile());
    expect(stderr()).toContain('measured 1.0× to 34,800× by workload, at n=10,000 on Node 20');
  });

  it('lists the path on stdout in place of the diff with --check and --write', async () => {
    for (const [mode, status] of [
      ['check', 'changed'],
      ['write', 'written'],
    ] as const) {
      const { context, stdout } = capture({ mode });
      (await createReporter('pretty', context)).file(changedFile({ status }));
      expect(stdout()).toBe('src/a.ts\n');
    }
  });

  it('prints only the diff when quiet', async () => {
    const { context, stdout, stderr } = capture({ quiet: true });
    const reporter = await createReporter('pretty', context);
    reporter.file(changedFile());
    reporter.end(summary({ changed: 1, applied: 1 }));
    expect(stdout()).toBe(diff);
    expect(stderr()).toBe('');
  });

  it('shows what needs a higher level or a person only when verbose', async () => {
    const result = changedFile({
      status: 'unchanged',
      findings: [
        finding({ status: 'available', tier: 'balanced', evidence: [] }),
        finding({ status: 'manual', evidence: [], blockedBy: 'the size of xs is not known' }),
      ],
    });
    const calm = capture();
    (await createReporter('pretty', calm.context)).file(result);
    expect(calm.stderr()).toBe('');
    const verbose = capture({ verbose: true, measured: {} });
    (await createReporter('pretty', verbose.context)).file(result);
    expect(verbose.stderr()).toContain('[with --level balanced]');
    expect(verbose.stderr()).toContain('[by hand] This copies');
    expect(verbose.stderr()).toContain('left alone: the size of xs is not known');
    expect(verbose.stderr()).toContain('src/a.ts: unchanged, 2 ms, read by oxc, in-process');
  });

  it('ends with totals and the next command', async () => {
    const { context, stderr } = capture({ command: ['optimize', "it's here", '--check'], mode: 'check' });
    const totals = { changed: 3, applied: 5, availableAtBalanced: 2, availableAtAggressive: 1, manual: 4, refused: 1 };
    (await createReporter('pretty', context)).end(summary(totals));
    expect(stderr()).toBe(
      'Checked 120 files in 812 ms: 5 rewrites in 3 files; 2 more with --level balanced; ' +
        '1 more with --level aggressive; 4 need a person (-v shows them); 1 refused\n' +
        String.raw`Write them: booster optimize 'it'\''s here' --write` +
        '\n',
    );
  });

  it('names the higher level as the next command when nothing else is to do', async () => {
    const { context, stderr } = capture({ command: ['optimize', 'src', '--level', 'safe', '--write'], mode: 'write' });
    (await createReporter('pretty', context)).end(summary({ availableAtBalanced: 2 }));
    expect(stderr()).toContain('See them: booster optimize src --level balanced\n');
  });

  it('names the next command as it was called', async () => {
    const { context, stderr } = capture({ program: 'npx booster' });
    (await createReporter('pretty', context)).end(summary({ changed: 1, applied: 1 }));
    expect(stderr()).toContain('\nWrite them: npx booster optimize src --write\n');
  });

  it('does not let file names or code steer the terminal', async () => {
    const terminal = { ...capture().context.stdout, isTTY: true };
    const { context, stdout, stderr } = capture({ stdout: terminal, stderr: terminal });
    const before = 'one\r\n\x1b[2Jslow\r\n';
    const after = 'one\r\nfast\r\n';
    const edits = [{ start: 5, end: before.length, text: 'fast\r\n' }];
    const reporter = await createReporter('pretty', context);
    reporter.file(changedFile({ path: 'a\x1b]0;x\x07.ts', change: { before, after, edits, bom: false } }));
    expect(stdout() + stderr()).not.toMatch(/[\x1b\x07\r]/);
    expect(stdout()).toContain('-\\x1b[2Jslow\n');
  });

  it('puts the reasons below the message at a terminal, dimmed row by row, and fits its width', async () => {
    const paint = { ...plainPaint, dim: (text: string) => `<${text}>` };
    const terminal = { ...capture().context.stderr, paint, isTTY: true, columns: 40 };
    const { context, stderr } = capture({ stderr: terminal });
    (await createReporter('pretty', context)).file(changedFile());
    expect(stderr()).toBe(
      [
        'src/a.ts:2:5 slow-thing [safe] This',
        '  copies the array in every round.',
        '    <O(n²) → O(n) · measured 603× at>',
        '    <n=10,000 on Node 20 · xs is an array>',
        '    <(annotation)>',
        '\n',
      ].join('\n'),
    );
  });
});

describe('concise', () => {
  it('prints one line per finding of any status, and why a file was left alone', async () => {
    const { context, stdout } = capture({ measured: {} });
    const reporter = await createReporter('concise', context);
    reporter.file(changedFile({ findings: [finding(), finding({ status: 'manual', line: 9 })] }));
    reporter.file(failedFile());
    expect(stdout().split('\n')).toEqual([
      expect.stringContaining('src/a.ts:2:5 slow-thing [safe]'),
      expect.stringContaining('src/a.ts:9:5 slow-thing [by hand]'),
      'src/b.ts:3 refused: unexpected token (E_SYNTAX)',
      '',
    ]);
  });
});

describe('summary', () => {
  it('counts findings per rule, most rewrites first, and ends with the totals on stdout', async () => {
    const { context, stdout } = capture();
    const reporter = await createReporter('summary', context);
    reporter.file(changedFile({ findings: [finding({ ruleId: 'b', status: 'manual' }), finding({ ruleId: 'a' })] }));
    reporter.end(summary({ changed: 1, applied: 1, manual: 1 }));
    expect(
      stdout()
        .split('\n')
        .map((line) => line.trim().split(/ {2,}/)),
    ).toEqual([
      ['rule', 'rewritten', 'at a higher level', 'by hand'],
      ['a', '1', '0', '0'],
      ['b', '0', '0', '1'],
      [expect.stringContaining('Checked 120 files in 812 ms: 1 rewrite in 1 file')],
      [''],
    ]);
  });
});

describe('json', () => {
  it('prints exactly one document with a schema version, files and summary', async () => {
    const { context, stdout } = capture();
    const reporter = await createReporter('json', context);
    reporter.file(changedFile());
    reporter.file(failedFile());
    expect(stdout()).toBe('');
    reporter.end(summary({ changed: 1 }));
    const document = JSON.parse(stdout()) as Record<string, never>;
    expect(Object.keys(document)).toEqual(['schemaVersion', 'mode', 'level', 'files', 'summary']);
    expect(document).toMatchObject({
      schemaVersion: 1,
      files: [
        {
          path: 'src/a.ts',
          status: 'changed',
          edits: [{ start: 4, end: 8, text: 'fast' }],
          findings: [
            { rule: 'slow-thing', line: 2, measured: { least: 602.7, most: 602.7, n: 10_000, node: '20.20.2' } },
          ],
        },
        { path: 'src/b.ts', status: 'refused', reason: { code: 'E_SYNTAX', line: 3 } },
      ],
      summary: { changed: 1, durationMs: 812 },
    });
  });

  it('prints a document with zero files', async () => {
    const { context, stdout } = capture();
    (await createReporter('json', context)).end(summary({ files: 0 }));
    expect(JSON.parse(stdout())).toMatchObject({ files: [], summary: { files: 0 } });
  });

  it('holds the new text when it came from standard input', async () => {
    const { context, stdout } = capture({ mode: 'stdin' });
    const reporter = await createReporter('json', context);
    reporter.file(changedFile());
    reporter.end(summary());
    expect(JSON.parse(stdout())).toMatchObject({ files: [{ output: 'one\nfast\nthree\n' }] });
  });
});

describe('jsonl', () => {
  it('prints one object per file and then the summary', async () => {
    const { context, stdout } = capture();
    const reporter = await createReporter('jsonl', context);
    reporter.file(changedFile());
    reporter.file(failedFile());
    reporter.end(summary());
    const lines = stdout()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line['type'])).toEqual(['file', 'file', 'summary']);
    expect(lines.every((line) => line['schemaVersion'] === 1)).toBe(true);
  });
});

describe('github', () => {
  it('annotates a rewrite at its place, escaping what would end the command', async () => {
    const { context, stdout } = capture({ measured: {}, workspacePrefix: 'packages/x/' });
    const message = '100% slow,\nreally: yes';
    (await createReporter('github', context)).file(changedFile({ path: 'a,b:c.ts', findings: [finding({ message })] }));
    expect(stdout()).toBe(
      '::warning file=packages/x/a%2Cb%3Ac.ts,line=2,col=5,title=booster slow-thing [safe]::' +
        '100%25 slow,%0Areally: yes (O(n²) → O(n))\n',
    );
  });

  it('says the totals and the next command in the log, where no limit of annotations holds', async () => {
    const { context, stdout, stderr } = capture({ mode: 'check', command: ['optimize', 'src', '--check'] });
    (await createReporter('github', context)).end(summary({ changed: 1, applied: 1 }));
    expect(stdout()).toBe('');
    expect(stderr()).toMatch(/1 rewrite in 1 file\nWrite them: booster optimize src --write\n$/);
  });

  it('reports refused files and failed rules as errors, and other findings as notices', async () => {
    const { context, stdout } = capture();
    const reporter = await createReporter('github', context);
    reporter.file(failedFile());
    reporter.file(
      changedFile({ findings: [finding({ status: 'manual' })], failedRules: [{ ruleId: 'r', message: 'boom' }] }),
    );
    expect(stdout()).toMatch(/^::error file=src\/b\.ts,line=3,title=E_SYNTAX::unexpected token\n/);
    expect(stdout()).toContain('::notice file=src/a.ts,line=2');
    expect(stdout()).toContain('::error file=src/a.ts,title=E_RULE_FAILED::rule r failed and was skipped: boom\n');
  });
});

describe('every reporter', () => {
  it.each(reporterNames)('%s prints whole lines or nothing, and never a rewrite that was not found', async (name) => {
    const { context, stdout } = capture();
    const reporter = await createReporter(name, context);
    reporter.end(summary());
    expect(stdout()).toMatch(/^$|\n$/);
    expect(stdout()).not.toContain('slow-thing');
  });
});
