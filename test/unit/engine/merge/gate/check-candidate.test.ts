import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { gates, judge, type Question } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'typescript', 'python', 'c');
});

function refusedBy(question: Question): string[] {
  return gates(judge(port, question));
}

const shop = `import { round } from './round.js';

export function total(items) {
  const sum = items.reduce((a, b) => a + b, 0);
  return round(sum);
}

export function count(items) {
  return items.length;
}

export function first(items) {
  const [head] = items;
  return head;
}
`;

describe('the gate passes', () => {
  it('a change between lines of the edit', () => {
    const result = shop.replace('return round(sum);', 'return round(sum * 2);');
    const edit = `// ... existing code ...
  const sum = items.reduce((a, b) => a + b, 0);
  return round(sum * 2);
}
// ... existing code ...
`;
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toEqual([]);
  });

  it('a file that already says what the edit says', () => {
    const verdict = judge(port, { file: shop, edit: shop, result: shop, language: 'javascript' });
    expect(verdict).toMatchObject({ edits: [], failures: [] });
  });

  it('a definition taken out between two that the edit shows, and names it', () => {
    const edit = `// ... existing code ...
  return round(sum);
}

export function first(items) {
// ... existing code ...
`;
    const result = shop.replace('export function count(items) {\n  return items.length;\n}\n\n', '');
    const verdict = judge(port, { file: shop, edit, result, language: 'javascript' });
    expect(verdict).toMatchObject({ deleted: ['count'], failures: [] });
  });

  it('a function renamed in place, which is no loss', () => {
    const edit = `// ... existing code ...
export function size(items) {
  return items.length;
}
// ... existing code ...
`;
    const result = shop.replace('function count', 'function size');
    expect(judge(port, { file: shop, edit, result, language: 'javascript' }).deleted).toEqual([]);
  });
});

describe('G1, markers', () => {
  const edit = `export function count(items) {
  // ... existing code ...
  return items.length + 1;
}
`;

  it('refuses a marker of the edit in the result', () => {
    const result = shop.replace('  return items.length;', '  // ... existing code ...\n  return items.length + 1;');
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toContain('G1');
  });

  it('leaves a comment alone that reads like one and stood there before', () => {
    const file = shop.replace('  const [head]', '  // ... and the rest\n  const [head]');
    const result = file.replace('items.length', 'items.length + 1');
    expect(
      refusedBy({
        file,
        edit: 'export function count(items) {\n  return items.length + 1;\n}\n',
        result,
        language: 'javascript',
      }),
    ).toEqual([]);
  });
});

describe('G2, what the edit says', () => {
  const edit = `// ... existing code ...
export function count(items) {
  check(items);
  return items.length;
}
// ... existing code ...
`;

  it('refuses a result that lacks a line of the edit', () => {
    expect(
      refusedBy({ file: shop, edit, result: shop.replace('round(sum)', 'sum'), language: 'javascript' }),
    ).toContain('G2');
  });

  it('refuses lines of the edit that came apart', () => {
    const result = shop.replace('  const [head]', '  check(items);\n  const [head]');
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toContain('G2');
  });

  it('refuses a line that the edit does not have', () => {
    const result = shop
      .replace('  return items.length;', '  check(items);\n  return items.length;')
      .replace('return round(sum);', 'return round(sum) || 0;');
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toContain('G2');
  });

  it('passes two definitions of one edit that stay apart in the file', () => {
    const both = `export function total(items) {
  return items.length && round(items[0]);
}

export function first(items) {
  return items[0];
}
`;
    const result = shop
      .replace(
        '  const sum = items.reduce((a, b) => a + b, 0);\n  return round(sum);',
        '  return items.length && round(items[0]);',
      )
      .replace('  const [head] = items;\n  return head;', '  return items[0];');
    expect(refusedBy({ file: shop, edit: both, result, language: 'javascript' })).toEqual([]);
  });
});

describe('G3, what the edit does not touch', () => {
  it('refuses to lose the comment behind a definition', () => {
    const file = shop.replace('export function first', '// the head\nexport function first');
    const edit = 'export function count(items) {\n  return items.size;\n}\n';
    const result = shop.replace('items.length', 'items.size');
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toContain('G9');
  });

  it('refuses a blank line that went inside a text', () => {
    const file = 'const a = `\n\n\ntext\n`;\nconst b = 1;\n';
    const edit = 'const b = 2;\n';
    const result = 'const a = `\n\ntext\n`;\nconst b = 2;\n';
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toContain('G3');
  });
});

describe('G4, syntax', () => {
  const edit = `// ... existing code ...
  const [head] = items;
  return head ?? null;
// ... existing code ...
`;

  it('refuses a closing bracket that was taken from its neighbour', () => {
    const result = shop.replace('return head;\n}', 'return head ?? null;');
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toContain('G4');
  });

  it('passes a file that was broken elsewhere before', () => {
    const file = `${shop}\nfunction broken( {\n`;
    const result = file.replace('return head;', 'return head ?? null;');
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toEqual([]);
  });

  it('takes a macro of C without semicolon for no error', () => {
    const file = '#include "t.h"\n\nstatic void test(void)\n{\n    int a = 1;\n    CHECK(a == 1)\n    done(a);\n}\n';
    const add = '    CHECK(wide(\n        "{\\"a\\": 1}",\n        true))\n';
    const wanted = `// ... existing code ...\n    CHECK(a == 1)\n${add}    done(a);\n}\n`;
    const result = file.replace('    done(a);', `${add}    done(a);`);
    expect(refusedBy({ file, edit: wanted, result, language: 'c' })).toEqual([]);
  });

  it('sees an open bracket in C all the same', () => {
    const file = '#include "t.h"\n\nstatic void test(void)\n{\n    int a = 1;\n    done(a);\n}\n';
    const edit = '// ... existing code ...\n    int a = 1;\n    if (a) {\n    done(a);\n}\n';
    const result = file.replace('    done(a);', '    if (a) {\n    done(a);');
    expect(refusedBy({ file, edit, result, language: 'c' })).toContain('G4');
  });
});

describe('G5, lost definitions', () => {
  it('refuses one that went with the definition before it', () => {
    const edit = 'export function total(items) {\n  return 0;\n}\n\nexport function first(items) {\n  return 1;\n}\n';
    const verdict = judge(port, {
      file: shop,
      edit: `// ... existing code ...\n${edit}`,
      result: `import { round } from './round.js';\n\n${edit}`,
      language: 'javascript',
    });
    expect(gates(verdict)).toContain('G5');
  });

  it('passes one that a directive takes out', () => {
    const edit = '// ... existing code ...\n// remove count\n// ... existing code ...\n';
    const result = shop.replace('export function count(items) {\n  return items.length;\n}\n\n', '');
    expect(judge(port, { file: shop, edit, result, language: 'javascript' })).toMatchObject({
      deleted: ['count'],
      failures: [],
    });
  });

  it('refuses a method that came into the wrong class', () => {
    const file = 'class A {\n  run() {\n    return 1;\n  }\n}\n\nclass B {\n  run() {\n    return 1;\n  }\n}\n';
    const edit = '  run() {\n    return 2;\n  }\n';
    const result = file.replace('return 1', 'return 2');
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toContain('G12');
  });

  it('passes the same method where the edit shows its class', () => {
    const file = 'class A {\n  run() {\n    return 1;\n  }\n}\n\nclass B {\n  run() {\n    return 1;\n  }\n}\n';
    const edit = 'class B {\n  run() {\n    return 2;\n  }\n}\n';
    const result = file.replace(/return 1(?![^]*return 1)/, 'return 2');
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toEqual([]);
  });
});

describe('G6 and G7, what comes twice', () => {
  it('refuses a second definition of a name', () => {
    // not exported: an export twice is a syntax error, and then no other rule is asked
    const edit = 'function count(list) {\n  return list.size;\n}\n';
    expect(refusedBy({ file: shop, edit, result: `${shop}\n${edit}`, language: 'javascript' })).toContain('G6');
  });

  it('passes helpers of one name in two functions', () => {
    const file = 'function a() {\n  const help = () => 1;\n  return help();\n}\n\nfunction b() {\n  return 2;\n}\n';
    const edit = 'function b() {\n  const help = () => 2;\n  return help();\n}\n';
    const result = file.replace('  return 2;', '  const help = () => 2;\n  return help();');
    expect(refusedBy({ file, edit, result, language: 'javascript' })).toEqual([]);
  });

  it('refuses an import that is there already', () => {
    const edit = "import { round } from './round.js';\nimport { sum } from './sum.js';\n";
    expect(refusedBy({ file: shop, edit, result: edit + shop, language: 'javascript' })).toContain('G7');
  });

  it('passes the import that is missing', () => {
    const edit = "import { round } from './round.js';\nimport { sum } from './sum.js';\n";
    const result = shop.replace('\n', "\nimport { sum } from './sum.js';\n");
    expect(refusedBy({ file: shop, edit, result, language: 'javascript' })).toEqual([]);
  });
});

describe('G9, losses', () => {
  const file = `start();
one(1);
end();
two(2);
three(3);
four(4);
end();
`;

  it('refuses a deletion that reaches past the nearest line that would end it', () => {
    const edit = '// ... existing code ...\nstart();\nend();\n// ... existing code ...\n';
    expect(refusedBy({ file: `${file}x();\n`, edit, result: 'start();\nend();\nx();\n' })).toContain('G9');
  });

  it('passes the deletion up to the nearest', () => {
    const edit = '// ... existing code ...\nstart();\nend();\n// ... existing code ...\n';
    expect(refusedBy({ file, edit, result: file.replace('one(1);\n', '') })).toEqual([]);
  });

  it('refuses to take the end of the file because the edit stops before it', () => {
    const edit = '// ... existing code ...\ntwo(2);\nthree(33);\n';
    const result = file.replace('three(3);\nfour(4);\nend();\n', 'three(33);\n');
    expect(refusedBy({ file, edit, result })).toContain('G9');
  });

  it('wants both ends unique under strict, one and the nearest other under balanced', () => {
    const edit = '// ... existing code ...\none(1);\nend();\n// ... existing code ...\n';
    const question = { file: file.replace('one(1);', 'one(1);\nwarm up this engine;'), edit, result: file };
    expect(refusedBy(question)).toEqual([]);
    expect(refusedBy({ ...question, strictness: 'strict' })).toContain('G9');
  });
});

describe('G10, open ends', () => {
  it('refuses a case that could be the changed form of the next one', () => {
    const file = "switch (kind) {\n  case 'a':\n    return one();\n  case 'b':\n    return two();\n}\n";
    const edit = "// ... existing code ...\n    return one();\n  case 'c':\n// ... existing code ...\n";
    const result = file.replace("  case 'b'", "  case 'c':\n  case 'b'");
    expect(refusedBy({ file, edit, result })).toContain('G10');
  });

  it('passes the case when the edit shows what comes behind it', () => {
    const file = "switch (kind) {\n  case 'a':\n    return one();\n  case 'b':\n    return two();\n}\n";
    const edit = "// ... existing code ...\n    return one();\n  case 'c':\n  case 'b':\n// ... existing code ...\n";
    const result = file.replace("  case 'b'", "  case 'c':\n  case 'b'");
    expect(refusedBy({ file, edit, result })).toEqual([]);
  });

  it('refuses a decorator on top of another', () => {
    const file = 'import x\n\n\n@cached\ndef load(path):\n    return open(path)\n';
    const edit = '@traced\ndef load(path):\n    return open(path, "rb")\n';
    const result = file.replace('def load(path):\n    return open(path)', edit.trimEnd());
    expect(refusedBy({ file, edit, result, language: 'python' })).toContain('G10');
  });

  it('passes a decorator with other arguments in the place of the old one', () => {
    const file = 'import x\n\n\n@cached\ndef load(path):\n    return open(path)\n';
    const edit = '@cached(size=3)\ndef load(path):\n    return open(path)\n';
    const result = file.replace('@cached', '@cached(size=3)');
    expect(refusedBy({ file, edit, result, language: 'python' })).toEqual([]);
  });

  it('refuses a comment below one that says nearly the same', () => {
    const file = 'import x\n\n\n# Loads a file.\ndef load(path):\n    return open(path)\n';
    const edit = '# Loads a file as bytes.\ndef load(path):\n    return open(path, "rb")\n';
    const result = file.replace('def load(path):\n    return open(path)', edit.trimEnd());
    expect(refusedBy({ file, edit, result, language: 'python' })).toContain('G10');
  });
});

describe('G12, the only place', () => {
  const file = `def one(x):
    if x:
        log(x)
        return x
    stop()


def two(x):
    if x:
        log(x)
        return x
    go()
`;
  const change = (text: string): string => text.replace('        return x\n', '        return x + 1\n');

  it('refuses a change whose lines stand in two places', () => {
    const edit = '# ... existing code ...\n    if x:\n        log(x)\n        return x + 1\n# ... existing code ...\n';
    expect(refusedBy({ file, edit, result: change(file), language: 'python' })).toContain('G12');
  });

  it('passes it with a line that tells the place', () => {
    const edit =
      '# ... existing code ...\n    if x:\n        log(x)\n        return x + 1\n    stop()\n# ... existing code ...\n';
    expect(refusedBy({ file, edit, result: change(file), language: 'python' })).toEqual([]);
  });
});

describe('G14, indentation', () => {
  const file = 'def run(items):\n    for item in items:\n        use(item)\n    done()\n';

  it('refuses a Python line that came one level too deep', () => {
    const edit = '# ... existing code ...\n        use(item)\n    log()\n    done()\n';
    const result = file.replace('    done()', '        log()\n    done()');
    expect(refusedBy({ file, edit, result, language: 'python' })).toContain('G14');
  });

  it('passes it on its own level', () => {
    const edit = '# ... existing code ...\n        use(item)\n    log()\n    done()\n';
    const result = file.replace('    done()', '    log()\n    done()');
    expect(refusedBy({ file, edit, result, language: 'python' })).toEqual([]);
  });

  it('passes an edit that lost its indentation, shifted as a whole', () => {
    const edit = '# ... existing code ...\n    use(item)\nlog()\ndone()\n';
    const result = file.replace('    done()', '    log()\n    done()');
    expect(refusedBy({ file, edit, result, language: 'python' })).toEqual([]);
  });

  it('refuses to keep a line out of the block that the edit puts it into', () => {
    const edit = '# ... existing code ...\n        use(item)\n        if ready:\n            done()\n';
    const result = file.replace('    done()', '    if ready:\n    done()');
    expect(refusedBy({ file, edit, result, language: 'python' })).toContain('G14');
  });
});

describe('hostile texts', () => {
  it('refuses by budget what is all alike', () => {
    const file = 'a();\n'.repeat(20_000);
    const edit = `// ... existing code ...\n${'a();\n'.repeat(3_000)}\n// ... existing code ...\n`;
    const result = `${file}a();\n`;
    const verdict = judge(port, { file, edit, result });
    expect(verdict.failures.map(({ code }) => code)).toContain('E_APPLY_BUDGET');
  });

  it('says nothing about structure where there is no parser', () => {
    const edit = 'count = 2\n';
    expect(refusedBy({ file: 'count = 1\nother = 1\n', edit, result: 'count = 2\nother = 1\n' })).toEqual([]);
  });
});
