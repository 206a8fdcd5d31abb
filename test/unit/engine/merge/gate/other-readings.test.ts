import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines } from '../anchored/merged.ts';
import { gates, judge, type Question } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript');
});

const marker = '// ... existing code ...';

function refusedBy(question: Omit<Question, 'language'>): string[] {
  return gates(judge(port, { ...question, language: 'javascript' }));
}

const requests = lines(
  'async function first(server) {',
  '  await server.open();',
  '  const answer = await get(`${server.url}/first`);',
  '  check(answer);',
  '}',
  '',
  'async function second(server) {',
  '  await server.open();',
  "  const answer = await get(server.url + '/first');",
  '  check(answer);',
  '}',
  '',
  'function last() {',
  '  return 1;',
  '}',
);

describe('a part that changes nothing', () => {
  const part = ['  await server.open();', "  const answer = await get(server.url + '/first');", '  check(answer);'];
  const result = requests.replace('return 1;', 'return 2;');
  const rest = ['function last() {', '  return 2;', '}'];

  it('is refused where it would change a line elsewhere', () => {
    const edit = lines(marker, ...part, marker, ...rest);
    expect(refusedBy({ file: requests, edit, result })).toContain('G15');
  });

  it('is context where it fits nowhere else', () => {
    const edit = lines(marker, 'async function second(server) {', ...part, marker, ...rest);
    expect(refusedBy({ file: requests, edit, result })).toEqual([]);
  });

  it('is refused where it could take lines out, its beginning standing before them too', () => {
    const file = lines(
      'function parse(text) {',
      '  if (!text) {',
      '    return undefined;',
      '  }',
      '',
      "  if (text === '-') {",
      '    text = read();',
      '    return undefined;',
      '  }',
      '',
      '  const zone = local;',
      '  return read(text, zone);',
      '}',
    );
    const edit = lines(marker, '    return undefined;', '  }', '', '  const zone = local;', marker);
    expect(refusedBy({ file, edit, result: file })).toContain('G15');
  });

  it('is refused at an end of the edit without a marker, which it can only be there to show', () => {
    const edit = lines(marker, 'function parse() {', '  return 1;', '}');
    const file = lines('start();', '', 'function parse() {', '  return 1;', '}', '', 'parse();');
    expect(refusedBy({ file, edit, result: file })).toContain('G11');
    expect(refusedBy({ file, edit: lines(edit.trimEnd(), marker), result: file })).toEqual([]);
  });
});

describe('a part that takes lines out', () => {
  const file = lines(
    'export function days(list) {',
    '  const answer = ask(list);',
    '  return answer.days;',
    '}',
    '',
    'export function words(list) {',
    '  const answer = ask(list);',
    '  trim(answer, list.length);',
    '  return answer.days;',
    '}',
    '',
    'export const last = 1;',
  );
  const fresh = ['export function names(list) {', '  const answer = ask(list);', '  return answer.days;', '}', ''];

  it('is refused where it fits between two neighbours with nothing gone', () => {
    const edit = lines(marker, '  return answer.days;', '}', '', ...fresh, 'export const last = 1;', marker);
    const result = file
      .replace('export function words', 'export function names')
      .replace('  trim(answer, list.length);\n', '');
    expect(refusedBy({ file, edit, result })).toContain('G15');
  });

  it('is held where its first line says which place is meant', () => {
    const edit = lines(marker, '  return answer.first;', '}', '', ...fresh, 'export const last = 1;', marker);
    const old = file.replace('return answer.days;', 'return answer.first;');
    const result = old
      .replace('export function words', 'export function names')
      .replace('  trim(answer, list.length);\n', '');
    expect(refusedBy({ file: old, edit, result })).not.toContain('G15');
  });

  const blocks = lines(
    'function collect(groups) {',
    '  for (const group of groups) {',
    '    if (group.plain) {',
    '      add(group);',
    '    }',
    '  }',
    '',
    '  if (groups.special) {',
    '    for (const name of groups.names) {',
    '      put(name);',
    '    }',
    '    seal(groups);',
    '  }',
    '  sort(groups);',
    '  return groups;',
    '}',
  );

  it('is refused where closers hold it that stand together before other lines', () => {
    const edit = lines(marker, '    }', '  }', '  sort(groups);', '  return groups;', marker);
    const result = blocks.replace('    seal(groups);\n', '');
    expect(refusedBy({ file: blocks, edit, result })).toContain('G15');
  });

  it('is held by a line that says which block it is', () => {
    const edit = lines(marker, '      put(name);', '    }', '  }', '  sort(groups);', marker);
    const result = blocks.replace('    seal(groups);\n', '');
    expect(refusedBy({ file: blocks, edit, result })).toEqual([]);
  });
});

describe('lines that come in', () => {
  const file = lines(
    'function add(a, b) {',
    '  const sum = a + b;',
    '  check(sum);',
    '  return Number(sum);',
    '}',
    '',
    'function subtract(a, b) {',
    '  const difference = a - b;',
    '  check(difference);',
    '  return difference;',
    '}',
    '',
    '// The value of it.',
    'export const value = add(1, 2);',
  );

  it('do not begin a part whose first line stands before it already', () => {
    const edit = lines(marker, '  return Number(sum);', '}', '', '// The value of it.', marker);
    const result = file.replace('  return difference;', '  return Number(sum);');
    expect(refusedBy({ file, edit, result })).not.toEqual([]);
  });

  it('may begin a part with a line that is new', () => {
    const edit = lines(
      marker,
      '  check(difference);',
      '  return Number(difference);',
      '}',
      '',
      '// The value of it.',
      marker,
    );
    const result = file.replace('  return difference;', '  return Number(difference);');
    expect(refusedBy({ file, edit, result })).toEqual([]);
  });

  const known = lines(
    'const cases = [',
    "  { name: 'days', want: 'seconds' },",
    '  {',
    "    name: 'kelvin',",
    '    text: `x_kelvin 10`,',
    '  },',
    '  {',
    "    name: 'kelvins',",
    '    list: [many],',
    '  },',
    '];',
  );

  it('are none where all lines of the part stand in the file', () => {
    const edit = lines(marker, "  { name: 'days', want: 'seconds' },", '  {', "    name: 'kelvins',", marker);
    const result = known.replace("name: 'kelvin',", "name: 'kelvins',");
    expect(refusedBy({ file: known, edit, result })).not.toEqual([]);
  });

  it('may be like others of the file', () => {
    const edit = lines(marker, "  { name: 'days', want: 'seconds' },", '  {', "    name: 'degrees',", marker);
    const result = known.replace("name: 'kelvin',", "name: 'degrees',");
    expect(refusedBy({ file: known, edit, result })).not.toContain('G15');
  });

  const moved = ['  const zone = local(text);', '  zone.check(text);', '  zone.apply(text);'];
  const between = ['a', 'b', 'c', 'd', 'e'].map((name) => `  read(text.${name});`);
  const body = lines('function parse(text) {', '  open(text);', ...between, ...moved, '  close(text);', '}');

  it('are not those that stay in the same definition', () => {
    const edit = lines(marker, '  open(text);', ...moved, '  read(text.a);', marker);
    const result = body.replace('  read(text.a);', [...moved, '  read(text.a);'].join('\n'));
    expect(refusedBy({ file: body, edit, result })).toContain('G7');
  });

  it('may be those that stay, when the edit shows both', () => {
    const edit = lines(marker, '  open(text);', ...moved, ...between, ...moved, '  close(text);', marker);
    const result = body.replace('  read(text.a);', [...moved, '  read(text.a);'].join('\n'));
    const { failures } = judge(port, { file: body, edit, result, language: 'javascript' });
    expect(failures.filter(({ message }) => message.includes('and would stay there'))).toEqual([]);
  });
});

describe('imports that follow each other', () => {
  const file = lines(
    "import { a } from './a.js';",
    '',
    'if (!globalThis.ready) {',
    '  prepare();',
    '}',
    '',
    "import { c } from './c.js';",
    '',
    'run(a, c);',
  );
  const edit = lines(
    "import { a } from './a.js';",
    "import { b } from './b.js';",
    "import { c } from './c.js';",
    marker,
  );

  it('are refused where lines stand between them that the edit does not have', () => {
    const result = file.replace('\n\nif', "\nimport { b } from './b.js';\n\nif");
    expect(refusedBy({ file, edit, result })).toContain('G15');
  });

  it('may have imports between them that the edit does not have', () => {
    const old = lines(
      "import { a } from './a.js';",
      "import { x } from './x.js';",
      "import { c } from './c.js';",
      'go();',
    );
    const result = old.replace('import { x }', "import { b } from './b.js';\nimport { x }");
    expect(refusedBy({ file: old, edit, result })).not.toContain('G15');
  });
});

describe('an edit without markers', () => {
  const body = Array.from({ length: 9 }, (_, index) => `exports.part${String(index)} = make(${String(index)});`);

  it('is refused when it begins with the file and is most of it, but not all', () => {
    const file = lines(
      ...body,
      '',
      '// Old names.',
      'exports.create = make;',
      'exports.build = make;',
      'exports.put = make;',
    );
    const edit = lines(...body.slice(0, 4), '// Made early.', ...body.slice(4));
    const result = file.replace(body[4] ?? '', `// Made early.\n${body[4] ?? ''}`);
    expect(refusedBy({ file, edit, result })).toContain('G11');
  });

  it('leaves the old form of a block that it brings behind itself for nobody', () => {
    const old = ["test('long names are refused', (t, done) => {", '  refuse(done);', '});'];
    const one = ["test('one', (t, done) => {", '  open(done);', '});', ''];
    const fresh = ["test('long names are refused', async (t) => {", '  await refuse();', '});'];
    const file = lines('start();', '', ...one, ...old);
    const result = lines('start();', '', ...one, ...fresh, '', ...old);
    expect(refusedBy({ file, edit: lines(marker, ...one, ...fresh), result })).toContain('G10');
    expect(refusedBy({ file, edit: lines(marker, ...one, ...fresh, marker), result })).not.toContain('G15');
  });
});
