import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { tearsBlocks } from '../../../../../src/engine/merge/gate/torn-block.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merged, noParser } from '../anchored/merged.ts';
import { gates, judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('java', 'javascript');
});

const tests = lines(
  'class ShopTest {',
  '  @Test',
  '  public void body() {',
  '    Request request = server.takeRequest("body");',
  '    assertThat(request.body()).isEqualTo("value");',
  '  }',
  '',
  '  @Test',
  '  public void header() {',
  '    Call call = service.header("name");',
  '    Request answer = call.execute();',
  '    assertThat(answer.header()).isEqualTo("name");',
  '  }',
  '}',
);

describe('lines that go', () => {
  it('may not be the end of one block and the beginning of the next', () => {
    const edit = lines(
      '// ... existing code ...',
      '    assertThat(request.body()).isEqualTo("value");',
      '    assertThat(answer.header()).isEqualTo("name");',
      '// ... existing code ...',
    );
    const result = [...tests.split('\n').slice(0, 5), ...tests.split('\n').slice(11)].join('\n');
    const verdict = judge(port, { file: tests, edit, result, language: 'java' });
    expect(gates(verdict)).toContain('G9');
    expect(verdict.failures[0]?.message).toContain('the beginning of another');
  });

  it('may be a whole block, wherever a line for line comparison puts its beginning', () => {
    const all = tests.split('\n');
    const block = { start: 1, end: 7, rowStart: 1, rowEnd: 1 };
    expect(tearsBlocks(all, block)).toBe(false);
    expect(tearsBlocks(all, { ...block, start: 2, end: 8 })).toBe(false);
    expect(tearsBlocks(all, { ...block, start: 4, end: 11 })).toBe(true);
  });

  it('may be lines of the preprocessor at the left edge of a block', () => {
    const file = lines(
      'int run(void) {',
      '    open_all();',
      '#ifdef TRACE',
      '    trace_all();',
      '#endif',
      '    close_all();',
      '}',
    );
    const edit = lines('int run(void) {', '    open_all();', '    close_all();', '}');
    const result = edit;
    expect(gates(judge(port, { file, edit: `// ...\n${edit}`, result, language: 'text' }))).toEqual([]);
  });
});

const paths = lines(
  "import { join } from 'node:path';",
  "import { root } from './root.js';",
  '',
  'export function binPath() {',
  "  const name = 'booster.cjs';",
  "  return join(root, 'bin', name);",
  '}',
  '',
  'export function logPath() {',
  "  const name = 'booster.log';",
  "  return join(root, 'log', name);",
  '}',
  '',
  'export function tempPath() {',
  "  const name = 'booster.tmp';",
  "  return join(root, 'tmp', name);",
  '}',
  '',
  'export function cachePath() {',
  "  const name = 'booster.json';",
  "  return join(root, 'cache', name);",
  '}',
);

describe('several definitions', () => {
  const without = lines(
    "import { join } from 'node:path';",
    "import { root } from './root.js';",
    '',
    'export function cachePath() {',
    "  const name = 'booster.json';",
    "  return join(root, 'cache', name);",
    '}',
  );

  it('do not go because a single line of the edit stands before what follows them', () => {
    const edit = lines(
      '// ... existing code ...',
      "import { root } from './root.js';",
      '',
      'export function cachePath() {',
      "  const name = 'booster.json';",
      '// ... existing code ...',
    );
    expect(gates(judge(port, { file: paths, edit, result: without, language: 'javascript' }))).toContain('G9');
  });

  it('go where the edit shows more on both sides', () => {
    const edit = lines(
      "import { join } from 'node:path';",
      "import { root } from './root.js';",
      '',
      'export function cachePath() {',
      "  const name = 'booster.json';",
      '// ... existing code ...',
    );
    const verdict = judge(port, { file: paths, edit, result: without, language: 'javascript' });
    expect(verdict).toMatchObject({ failures: [], deleted: ['binPath', 'logPath', 'tempPath'] });
  });

  it('do not go with the members that a class is shown without', () => {
    const file = lines(
      'export class Progress {',
      '  #timer = 0;',
      '',
      '  start(total) {',
      '    this.total = total;',
      '    this.timer = setTimeout(this.show, 100);',
      '    this.timer.unref();',
      '  }',
      '',
      '  stop() {',
      '    clearTimeout(this.timer);',
      '    this.timer = undefined;',
      '    this.spinner = undefined;',
      '  }',
      '}',
    );
    const edit = lines('// ... existing code ...', 'export class Progress {', '  #timer = 0;', '}');
    const result = edit.slice(edit.indexOf('export'));
    expect(gates(judge(port, { file, edit, result, language: 'javascript' }))).toContain('G9');
  });
});

describe('lines that go with the end of one block and the beginning of another, and few that come', () => {
  const own = ['    if (force) {', '      if (isOptional(field) || field.partOf) {'];
  const gone = [
    '        type = type + "|null|undefined";',
    '        nullable = true;',
    '      }',
    '    }',
    '    else {',
    '      if (field.optional) {',
  ];
  const tail = ['        type = type + "|null";', '        nullable = true;', '      }', '    }'];
  const head = ['function write(field) {', '    let nullable = false;'];

  it('are refused: the part may mean the first block alone', () => {
    const edit = lines(
      '// ... existing code ...',
      '    let nullable = false;',
      '    if (force) {',
      '      if (isOptional(field) || field.partOf || field.map) {',
      ...tail,
      '    // ... existing code ...',
    );
    const file = lines(...head, ...own, ...gone, ...tail, '    done(nullable);', '}');
    expect(merged(noParser, { file, edit })).toMatch(/^E_APPLY_/);
  });
});
