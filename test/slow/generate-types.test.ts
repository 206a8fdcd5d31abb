import { describe, expect, it } from 'vitest';
import { validatorOfType } from '../unit/generators/type-input.ts';

const refused: [name: string, text: string, message: string][] = [
  ['Usr', 'export interface User { a: 1 }', 'types.ts:1:1: no type Usr is exported; did you mean User?'],
  ['A', 'export const x = 1;', 'types.ts:1:1: no type A is exported; it exports none'],
  ['A', 'interface A { a: 1 }\nexport {};', 'types.ts:1:1: A is not exported: write export before it'],
  ['A', 'export interface A { a: 1 }\nexport interface A { b?: 2 }', 'types.ts:1:1: A is declared 2 times'],
  ['A', 'export interface A<T> { a: T }', 'types.ts:1:1: A is generic'],
  ['A', 'export interface A { a?(): void }', 'types.ts:1:22: A.a is a function'],
  ['A', 'export interface A { a: symbol }', 'types.ts:1:22: A.a is a symbol'],
  ['A', 'export interface A { a: bigint[] }', 'types.ts:1:22: A.a[] is a bigint'],
  ['A', 'export interface A { a: { b?: Date } }', 'types.ts:1:27: A.a.b is a Date'],
  ['A', 'export interface A { a: Map<string, 1> }', 'types.ts:1:22: A.a is a Map'],
  ['A', 'export class A { a = 1; #b = 2; get c() { return this.#b; } }', 'A says more than a JSON Schema can check'],
  ['A', "export type A = string & { brand: 'x' };", 'A says more than a JSON Schema can check'],
  ['A', 'export type A = { a: `id-${number}` };', 'A says more than a JSON Schema can check'],
  ['A', 'export interface A { a: B }\ninterface B { x: 1 }\ninterface B { y?: 1 }', 'A says more than'],
  [
    'A',
    "import type { B } from './nowhere.js';\nexport interface A { b: B }",
    "types.ts:1:24: Cannot find module './nowhere.js'",
  ],
  ['A', 'export interface A { a: ; }', 'types.ts:1:25: Type expected.'],
  [
    'A',
    'export interface A {\n  /**\n   * @format nope\n   */\n  a: string\n}',
    '#/properties/a/format: unknown format "nope"',
  ],
];

describe('types that a validator could not vouch for', () => {
  it.each(refused)('%s of %j is refused', async (name, text, message) => {
    await expect(validatorOfType(text, name)).rejects.toThrow(message);
  });
});

const accepted: [text: string][] = [
  ['export type A = { left?: A; right?: A | null };'],
  ["export type A = { kind: 'a'; x: number } | { kind: 'b'; y: string };"],
  ['interface Box<T> { value: T }\nexport type A = Box<Box<string>>;'],
  ["interface B { a: 1; b: string; c?: null }\nexport type A = Pick<B, 'a'> & Omit<B, 'a'> & Partial<Record<'d', 2>>;"],
  ['export enum A { One, Two }'],
  ['export interface A { [key: string]: number | A }'],
];

describe('types of every form', () => {
  it.each(accepted)('%j has a validator', async (text) => {
    const { files } = await validatorOfType(text, 'A');
    expect(files).toHaveLength(1);
  });
});
