import { isIdentifier } from '../identifier.ts';
import { canonicalJson } from './json-value.ts';

/** A TypeScript type as text, and how it may stand beside others. */
export interface TypeText {
  readonly text: string;
  /** How it binds: a union must be put in parentheses in front of `[]`, and inside of an intersection. */
  readonly binds: 'tight' | 'union' | 'intersection';
}

export const unknownType: TypeText = { text: 'unknown', binds: 'tight' };
export const neverType: TypeText = { text: 'never', binds: 'tight' };

export function tight(text: string): TypeText {
  return { text, binds: 'tight' };
}

/** Members once each, without those that another member covers. */
export function unionOf(types: readonly TypeText[]): TypeText {
  const members = new Map<string, TypeText>();
  for (const type of types) {
    if (type.text === 'unknown') return unknownType;
    if (type.text !== 'never') members.set(type.text, type);
  }
  const kept = [...members.values()].filter(({ text }) => {
    if (members.has('string') && text.startsWith("'")) return false;
    if (members.has('number') && /^-?\d/.test(text)) return false;
    return !(members.has('boolean') && (text === 'true' || text === 'false'));
  });
  const [first, second] = kept;
  if (first === undefined) return neverType;
  if (second === undefined) return first;
  return { text: kept.map(({ text }) => text).join(' | '), binds: 'union' };
}

export function intersectionOf(types: readonly TypeText[]): TypeText {
  const members = new Map<string, TypeText>();
  for (const type of types) {
    if (type.text === 'never') return neverType;
    if (type.text !== 'unknown') members.set(type.text, type);
  }
  const kept = [...members.values()];
  const [first, second] = kept;
  if (first === undefined) return unknownType;
  if (second === undefined) return first;
  const parts = kept.map((type) => (type.binds === 'union' ? `(${type.text})` : type.text));
  return { text: parts.join(' & '), binds: 'intersection' };
}

export function arrayOf(type: TypeText): TypeText {
  return tight(type.binds === 'tight' ? `${type.text}[]` : `(${type.text})[]`);
}

/** The type of exactly this JSON value. */
export function literalType(value: unknown): TypeText {
  if (typeof value === 'string') return tight(quoted(value));
  if (Array.isArray(value)) return tight(`[${value.map((each) => literalType(each).text).join(', ')}]`);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    // `{}` means nearly everything in TypeScript.
    if (entries.length === 0) return tight('{ [key: string]: never }');
    const keys = entries.map(([key, each]) => `${propertyName(key)}: ${literalType(each).text}`);
    return tight(`{ ${keys.join('; ')} }`);
  }
  // 1e400 is a JSON number and Infinity in JavaScript, which has no literal type.
  if (typeof value === 'number' && !Number.isFinite(value)) return tight('number');
  return tight(Object.is(value, -0) ? '0' : canonicalJson(value));
}

export function propertyName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) || isIdentifier(key) ? key : quoted(key);
}

/** A string literal with single quotes where that saves escapes; line ends and lone surrogates are escaped. */
function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A comment for the line in front of what it is about; empty without a text. */
export function docComment(text: string | undefined, indent: string, isDeprecated = false): string {
  const lines = (text ?? '')
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  while (lines.length > 0 && lines[0] === '') lines.shift();
  if (isDeprecated) lines.push('@deprecated');
  const [first, second] = lines;
  if (first === undefined) return '';
  if (second === undefined) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}
