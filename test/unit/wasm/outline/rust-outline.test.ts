import { describe, expect, test } from 'vitest';
import { findFlaws, listed, outlineOf, sliced, textOf } from './outlines.ts';

describe('the outline of Rust', () => {
  test('has impl, trait and mod as containers', async () => {
    const text =
      'impl<T: X> Foo<T> for A<T> where T: Y { const K: u8 = 1; type O = T; fn new() { fn inner() {} } }\nimpl A { fn b(&self) {} }\ntrait Q { fn sig(&self); fn dflt(&self) {} }\nmod tests { use super::*; fn it() {} }\nmod other;\n';
    const outline = await outlineOf(text, 'rust');
    expect(listed(outline)).toEqual([
      'impl Foo<T> for A<T>',
      'variable Foo<T> for A<T>/K',
      'type Foo<T> for A<T>/O',
      'method Foo<T> for A<T>/new',
      'function Foo<T> for A<T>/new/inner',
      'impl A',
      'method A/b',
      'interface Q',
      'signature Q/sig',
      'method Q/dflt',
      'module tests',
      'function tests/it',
      'module other',
    ]);
    expect(findFlaws(text, outline)).toEqual([]);
  });

  test('counts attributes to an item, not doc comments, and tells conditional items apart', async () => {
    const text =
      '/// doc\n#[derive(Debug)]\n// why\n#[cfg(unix)]\npub struct A { x: i32 }\n#[cfg(windows)]\npub struct A;\n';
    const outline = await outlineOf(text, 'rust');
    expect(listed(outline)).toEqual(['struct A #[cfg(unix)]', 'struct A #[cfg(windows)]']);
    expect(textOf(text, outline, 'A')).toMatch(/^#\[derive/);
    expect(outline.definitions[0]?.headerStart).toBe(text.indexOf('pub struct'));
    expect(sliced(text, outline.comments)).toEqual(['/// doc', '// why']);
  });

  test('an attribute of a block of foreign functions is not that of each function', async () => {
    const text = '#[link(name = "a")]\nextern "C" { fn a(); fn b(); }\n';
    const outline = await outlineOf(text, 'rust');
    expect(listed(outline)).toEqual(['signature a', 'signature b']);
    expect(textOf(text, outline, 'a')).toBe('fn a();');
  });

  test('reads the other items, imports and literals', async () => {
    const text =
      'use std::{a, b};\nextern crate c;\nenum E { A, B(i32) }\nunion U { a: u8 }\nstatic S: &str = "x{";\nconst C: char = \'{\';\ntype X = u8;\nmacro_rules! m { ($x:expr) => { $x }; }\nfn f() { let r = r#"raw " {"#; }\n';
    const outline = await outlineOf(text, 'rust');
    expect(listed(outline)).toEqual([
      'enum E',
      'struct U',
      'variable S',
      'variable C',
      'type X',
      'macro m',
      'function f',
    ]);
    expect(sliced(text, outline.imports)).toEqual(['use std::{a, b};', 'extern crate c;']);
    expect(sliced(text, outline.strings)).toEqual(['"x{"', "'{'", 'r#"raw " {"#']);
  });
});
