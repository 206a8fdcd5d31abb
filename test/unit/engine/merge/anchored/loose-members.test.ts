import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merged } from './merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('java', 'python', 'rust', 'cpp', 'javascript');
});

const java = lines(
  'class A {',
  '  int f(int a) {',
  '    return a;',
  '  }',
  '',
  '  int f(String a) {',
  '    return 1;',
  '  }',
  '}',
);

describe('a method without its class', () => {
  it('takes the place of the one with its name and parameters, however it is indented', () => {
    const edit = lines('int f(String a) {', '  return 2;', '}');
    expect(merged(port, { file: java, edit, language: 'java' })).toBe(java.replace('return 1', 'return 2'));
  });

  it('is not put behind the class when it is new', () => {
    const edit = lines('int g() {', '  return 2;', '}');
    expect(merged(port, { file: java, edit, language: 'java' })).toBe('E_APPLY_NO_POSITION');
  });

  it('is known by its `self`', () => {
    const python = lines('class A:', '    def one(self):', '        return 1');
    const edit = lines('def two(self):', '    return 2');
    expect(merged(port, { file: python, edit, language: 'python' })).toBe('E_APPLY_NO_POSITION');
    const rust = lines('struct A;', '', 'impl A {', '    fn one(&self) -> u8 {', '        1', '    }', '}');
    const fn = lines('fn two(&self) -> u8 {', '    2', '}');
    expect(merged(port, { file: rust, edit: fn, language: 'rust' })).toBe('E_APPLY_NO_POSITION');
  });

  it('is known by its indentation', () => {
    const python = lines('class A:', '    def one(x):', '        return 1');
    const edit = lines('    def two(x):', '        return 2');
    expect(merged(port, { file: python, edit, language: 'python' })).toBe('E_APPLY_NO_POSITION');
  });

  it('may be what has the name of a member', () => {
    const cpp = lines('class A {', ' public:', '  int f() { return 1; }', '};', '', 'int g() {', '  return 2;', '}');
    const edit = lines('int f() {', '  return 3;', '}');
    expect(merged(port, { file: cpp, edit, language: 'cpp' })).toBe('E_APPLY_NO_POSITION');
  });
});

it('a new function on top level goes behind the last definition', () => {
  const file = lines('function one() {', '  return 1;', '}');
  const edit = lines('function two() {', '  return 2;', '}');
  expect(merged(port, { file, edit, language: 'javascript' })).toBe(`${file}\n${edit}`);
});
