import { beforeAll, describe, expect, it } from 'vitest';
import { importedNames } from '../../../../../src/engine/merge/gate/imported-names.ts';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merge, merged } from '../anchored/merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'python', 'rust');
});

const marker = '// ... existing code ...';

describe('a list of imports that is sent with less than the file has', () => {
  const file = lines(
    ...['import { a, b, c } from "./x.js";', 'import { d } from "./y.js";', ''],
    ...['export function first() {', '  return a + b + d;', '}', '', 'export function other() {', '  return c;', '}'],
  );
  const edit = lines('import { a, b } from "./x.js";', 'import { d } from "./y.js";', marker);

  it('is refused while the rest of the file uses what it leaves out', () => {
    expect(merge(port, { file, edit, language: 'javascript' })).toMatchObject({
      code: 'E_APPLY_LOSSY',
      message: '`c` would no longer be imported, and line 9 uses it.',
    });
  });

  it('takes the place of the longer one where nothing uses it', () => {
    const unused = file.replace('return c;', 'return 1;');
    expect(merged(port, { file: unused, edit, language: 'javascript' })).toBe(unused.replace('a, b, c', 'a, b'));
  });

  it('takes its place where the name is that of a parameter or a local variable', () => {
    const local = file.replace('return c;', 'const c = 1;\n  return c;');
    expect(merged(port, { file: local, edit, language: 'javascript' })).toBe(local.replace('a, b, c', 'a, b'));
  });

  it('does not come in beside it', () => {
    const beside = lines('import { a, b, e } from "./x.js";', marker);
    expect(merge(port, { file, edit: beside, language: 'javascript' })).toMatchObject({ status: 'refused' });
  });

  it('is refused in Python and Rust too', () => {
    const python = lines('from x import a, b, c', 'from y import d', '', '', 'def go():', '    return a + b + c + d');
    const sent = lines('from x import a, b', 'from y import d', '# ... existing code ...');
    expect(merge(port, { file: python, edit: sent, language: 'python' })).toMatchObject({ code: 'E_APPLY_LOSSY' });
    const rust = lines('use x::{a, b, c};', 'use y::d;', '', 'fn go() -> i32 {', '    a() + b() + c() + d()', '}');
    const use = lines('use x::{a, b};', 'use y::d;', marker);
    expect(merge(port, { file: rust, edit: use, language: 'rust' })).toMatchObject({ code: 'E_APPLY_LOSSY' });
  });
});

describe('the names that an import brings in', () => {
  it.each([
    ['javascript', 'import one, { two, three as four } from "x";', ['one', 'two', 'four']],
    ['javascript', 'import * as all from "x";', ['all']],
    ['javascript', 'import "x";', []],
    ['javascript', "const { a, b: c } = require('x');", ['a', 'c']],
    ['typescript', 'import {\n  type A, // why\n  B,\n} from "x";', ['A', 'B']],
    ['python', 'from x import (\n    a,\n    b as c,\n)', ['a', 'c']],
    ['python', 'import os.path', ['os.path']],
    ['rust', 'pub use a::{b, c::{d, e as f}, g::*};', ['b', 'd', 'f']],
    ['java', 'import a.b.C;', ['C']],
    ['java', 'import static a.b.C.of;', []],
    ['go', 'import "fmt"', []],
  ] as const)('of %s: %s', (language, statement, names) => {
    expect(importedNames(statement, language)).toEqual(names);
  });
});
