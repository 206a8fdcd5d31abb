import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merged } from '../anchored/merged.ts';
import { judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'java', 'go', 'cpp');
});

const marker = '// ... existing code ...';

const engine = lines(
  'class Engine {',
  '    void process(Field field) {',
  '        for (Part part : field.parts()) {',
  '            refuse(part, field);',
  '            use(part);',
  '        }',
  '    }',
  '',
  '    private void refuse(Part part, Field field) {',
  '        if (part.isClosed()) {',
  '            throw new Refused(field);',
  '        }',
  '    }',
  '',
  '    private Object spy(Field field) {',
  '        return create(field);',
  '    }',
  '',
  '    void last() {',
  '        done();',
  '    }',
  '}',
);

const called = ['        for (Part part : field.parts()) {', '            use(part);'];
const made = [
  '        }',
  '    }',
  '',
  '    private static Object spy(Field field) {',
  '        return create(field);',
];

describe('a definition between two lines that stand side by side in the edit', () => {
  it('is not left behind where the edit took out all that used it', () => {
    const edit = lines(marker, ...called, marker, ...made, marker);
    expect(merged(port, { file: engine, edit, language: 'java' })).toBe('E_APPLY_AMBIGUOUS');
  });

  it('stays where it is used as before: the brackets above it are its own', () => {
    const edit = lines(marker, ...made, marker);
    expect(merged(port, { file: engine, edit, language: 'java' })).toBe(
      engine.replace('private Object spy', 'private static Object spy'),
    );
  });
});

describe('lines that stay although the edit repeats them in their new form', () => {
  const file = lines(
    'TEST_CASE("shortcut") {',
    '    Checked first, second;',
    '    SECTION("and") {',
    '        first.succeeds = false;',
    '        CHECK_THAT(1, !(first && second));',
    '        // what matters',
    '        REQUIRE(first.called);',
    '        REQUIRE(!second.called);',
    '    }',
    '    // the second is not touched',
    '    SECTION("or") {',
    '        first.succeeds = true;',
    '        CHECK_THAT(1, first || second);',
    '        // what matters',
    '        REQUIRE(first.called);',
    '        REQUIRE(!second.called);',
    '    }',
    '}',
  );
  const rewritten = [
    '    Checked first, second;',
    '    SECTION("all of") {',
    '        first.succeeds = false;',
    '        CHECK_FALSE(allOf(first, second).match(1));',
    '        // what matters',
    '        REQUIRE(first.called);',
    '        REQUIRE(!second.called);',
    '    }',
    '    // the second is not touched',
    '    SECTION("any of") {',
    '        first.succeeds = true;',
    '        CHECK(anyOf(first, second).match(1));',
    '        // what matters',
    '        REQUIRE(first.called);',
  ];

  it('do not stay: the part takes its longer place, where they go', () => {
    const edit = lines(marker, ...rewritten, marker);
    const result = file.replace(/ {4}SECTION\("and"\)[^]*?matters\n.*\n/, lines(...rewritten.slice(1)));
    const failures = judge(port, { file, edit, result, language: 'cpp' }).failures.map(({ message }) => message);
    expect(failures.join()).toContain('would stay, which the edit may have taken out');
    const taken = file.replace(/ {4}SECTION\("and"\)[^]*first\.called\);\n/, lines(...rewritten.slice(1)));
    expect(merged(port, { file, edit, language: 'cpp' })).toBe(taken);
  });

  it('are replaced where the edit goes on to a line that stands once', () => {
    const edit = lines(marker, ...rewritten, '        REQUIRE(!second.called);', '    }', '}');
    const result = merged(port, { file, edit, language: 'cpp' });
    expect(result).toContain('SECTION("any of")');
    expect(result).not.toContain('SECTION("or")');
  });
});

describe('code that needs an import which the edit takes out', () => {
  const file = lines(
    'import { Parser } from "./parser.js";',
    'import { Usage } from "./usage.js";',
    '',
    'function pick(parser) {',
    '  if (parser.isOpen) {',
    '    return parser;',
    '  }',
    '}',
    '',
    'function describe(name) {',
    '  if (name) {',
    '    return new Usage(name);',
    '  }',
    '}',
    '',
    'function run(parser) {',
    '  return pick(parser).run();',
    '}',
  );
  const tail = ['  }', '}', '', 'function run(parser) {', '  return pick(parser).run();', '}'];

  it('is not left behind by a part that otherwise changes nothing', () => {
    const edit = lines('import { Parser } from "./parser.js";', '', 'function pick(parser) {', marker, ...tail);
    expect(merged(port, { file, edit, language: 'javascript' })).toMatch(/^E_APPLY/);
  });

  it('stays where the import does', () => {
    const edit = lines(marker, ...tail.slice(0, 4), '  return pick(parser).run(1);', '}');
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(file.replace('.run()', '.run(1)'));
  });
});

describe('a blank line that the edit has before lines that stand twice', () => {
  const file = lines(
    'class Rule {',
    '    private Listener listener;',
    '    /**',
    '     * @param logger where warnings go',
    '     * @param silent whether it warns',
    '     */',
    '    Rule(Logger logger, boolean silent) {',
    '        this(logger, silent ? SILENT : WARN);',
    '    }',
    '',
    '    /**',
    '     * @param logger where warnings go',
    '     * @param level how strict it is',
    '     */',
    '    Rule(Logger logger, Level level) {',
    '        this.logger = logger;',
    '    }',
    '}',
  );
  const head = ['    private final Listener listener;', '    /**', '     * @param logger where warnings go'];

  it('tells that the lines before it are meant to go', () => {
    const edit = lines(
      'class Rule {',
      head[0] ?? '',
      '',
      ...head.slice(1),
      marker,
      '     * @param level how strict it is',
      marker,
    );
    expect(merged(port, { file, edit, language: 'java' })).toMatch(/^E_APPLY/);
  });

  it('is told apart from none: then the nearest is meant', () => {
    const edit = lines('class Rule {', ...head, marker);
    expect(merged(port, { file, edit, language: 'java' })).toBe(
      file.replace('private Listener', 'private final Listener'),
    );
  });
});
