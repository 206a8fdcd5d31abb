import { describe, expect, it } from 'vitest';
import { joinImports } from '../../../src/app/join-imports.ts';

const join = (text: string, ...imports: string[]) => {
  const { text: after, rest } = joinImports(text, imports);
  return [after, ...rest];
};

describe('names join an import from the same module', () => {
  it.each([
    ["import { a } from 'm';\n", "import { b } from 'm';", "import { a, b } from 'm';\n"],
    ["import {a} from 'm'\nuse(a);\n", "import { b, c as d } from 'm';", "import {a, b, c as d} from 'm'\nuse(a);\n"],
    ['import { a } from "m";\n', "import { b } from 'm';", 'import { a, b } from "m";\n'],
    ["import type { A } from 'm';\n", "import type { B } from 'm';", "import type { A, B } from 'm';\n"],
    ["import { a } from 'm';\n", "import { type B, a } from 'm';", "import { a, type B } from 'm';\n"],
    ["import {\n  a,\n  b,\n} from 'm';\n", "import { c } from 'm';", "import {\n  a,\n  b,\n  c,\n} from 'm';\n"],
    [
      "#!/usr/bin/env node\n'use strict';\n// a\n/* b */\nimport d, * as e from 'x';\nimport { a } from 'm'; // mine\n",
      "import { b } from 'm';",
      "#!/usr/bin/env node\n'use strict';\n// a\n/* b */\nimport d, * as e from 'x';\nimport { a, b } from 'm'; // mine\n",
    ],
    ["import { a as b } from 'm';\n", "import { b as c, a } from 'm';", "import { a as b, b as c, a } from 'm';\n"],
  ])('%j with %s', (text, wanted, expected) => {
    expect(join(text, wanted)).toEqual([expected]);
  });
});

describe('names that are there already', () => {
  it.each([
    ["import { a, b } from 'm';\n", "import { b } from 'm';"],
    ["import { User } from 'm';\n", "import type { User } from 'm';"],
    ["import { User } from 'm';\n", "import { type User } from 'm';"],
    ["import {\n  // mine\n  a,\n} from 'x';\nimport { b } from 'm';\n", "import { b } from 'm';"],
  ])('%j needs no %s', (text, wanted) => {
    expect(join(text, wanted)).toEqual([text]);
  });
});

describe('a line of its own', () => {
  it.each([
    ["import { a } from 'other';\n", "import { b } from 'm';"],
    ["import { a } from 'm';\n", "import type { B } from 'm';"],
    ["import type { A } from 'm';\n", "import { b } from 'm';"],
    ["import * as m from 'm';\n", "import { b } from 'm';"],
    ["import m, { a } from 'm';\n", "import { b } from 'm';"],
    ["import { a } from 'm';\n", "import b from 'm';"],
    ["import { a } from 'm' with { type: 'json' };\n", "import { b } from 'm';"],
    ["import { a /* one */ } from 'm';\n", "import { b } from 'm';"],
    ["import {\n  a, // one\n} from 'm';\n", "import { b } from 'm';"],
    ["const text = `\nimport { a } from 'm';\n`;\n", "import { b } from 'm';"],
    ["/*\nimport { a } from 'm';\n*/\n", "import { b } from 'm';"],
    ["import {} from 'm';\n", "import { b } from 'm';"],
    ["import('m');\nimport { a } from 'm';\n", "import { b } from 'm';"],
  ])('%j leaves %s alone', (text, wanted) => {
    expect(join(text, wanted)).toEqual([text, wanted]);
  });

  it('holds only what another kind of import has not', () => {
    expect(join("import { A } from 'm';\n", "import type { A, B } from 'm';")).toEqual([
      "import { A } from 'm';\n",
      "import type { B } from 'm';",
    ]);
  });
});
