import type { Mutation } from './mutation.ts';
import type { Random } from './random.ts';

/** Names, numbers, white space and single other characters: no tokens of the language, but near enough to keep much of it parsable. */
function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+|\s+|=>|\.\.\.|[=!<>]=+|&&|\|\||\?\?|\?\.|\+\+|--|[^]/gu) ?? [];
}

/** Rewrites a few tokens, each at a place of its own. */
function change(text: string, random: Random, replace: (tokens: readonly string[], at: number) => string): string {
  const tokens = tokensOf(text);
  const changed = [...tokens];
  for (let left = random.size(8); left > 0 && tokens.length > 0; left -= 1) {
    const at = random.below(tokens.length);
    changed[at] = replace(tokens, at);
  }
  return changed.join('');
}

const siblings: readonly (readonly string[])[] = [
  ['const', 'let', 'var', 'using'],
  ['0', '1', '-1', '2', '1e9', '0n', 'NaN'],
  ['&&', '||', '??', ','],
  ['==', '===', '!=', '!=='],
  ['<', '>', '<=', '>='],
  ['filter', 'map', 'some', 'find', 'every', 'flatMap', 'findIndex', 'reduce', 'reduceRight'],
  ['push', 'unshift', 'shift', 'pop', 'splice', 'slice', 'concat', 'at', 'includes', 'indexOf', 'has', 'get'],
  ['for', 'while', 'if', 'switch', 'with'],
  ['of', 'in'],
  ['return', 'yield', 'await', 'throw', 'typeof', 'void', 'delete'],
  ['null', 'undefined', 'this', 'arguments', 'true', 'false', 'super'],
  ['string', 'number', 'unknown', 'any', 'readonly', 'never'],
  ['.', '?.', '!.'],
  ['(', '[', '{', '`'],
  [')', ']', '}', '`'],
];

const between = ['/* kept */', '// kept\n', '\n', '\r\n', ' ', '/** kept\n * \u{1F680}\n */', '\u2028', '!', ';', '?.'];

const wrappers: readonly (readonly [string, string])[] = [
  ['export function outer(xs, i, key) {\n', '\n}\n'],
  ['async function* outer(xs) {\n', '\n}\n'],
  ['class Outer { static {\n', '\n} }\n'],
  ['for (const item of [1, 2, 3]) {\n', '\n}\n'],
  ['switch (1) { case 1:\n', '\n}\n'],
  ['if (true) {\n', '\n} else ;\n'],
  ['label: {\n', '\n}\n'],
  ['const wrapped = () => {\n', '\n};\n'],
  ['namespace N {\n', '\n}\n'],
  ["'use strict';\n", ''],
  ['#!/usr/bin/env node\n', ''],
  ['let xs, i, key, result, Array, Set, Map;\n', ''],
];

const names = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Changes that leave many texts parsable, so that rules see code that nobody wrote. */
export const tokenMutations: Readonly<Record<string, Mutation>> = {
  'delete tokens': (text, random) => change(text, random, () => ''),
  'double tokens': (text, random) => change(text, random, (tokens, at) => (tokens[at] ?? '').repeat(2)),
  'tokens from elsewhere in the file': (text, random) => change(text, random, (tokens) => random.pick(tokens)),
  'tokens of another file': (text, random, donor) => {
    const others = tokensOf(donor);
    return others.length === 0 ? text : change(text, random, () => random.pick(others));
  },
  'related tokens': (text, random) => {
    const tokens = tokensOf(text);
    const places = tokens.flatMap((token, at) => {
      const related = siblings.find((group) => group.includes(token));
      return related === undefined ? [] : [{ at, related }];
    });
    for (let left = random.size(6); left > 0 && places.length > 0; left -= 1) {
      const { at, related } = random.pick(places);
      tokens[at] = random.pick(related);
    }
    return tokens.join('');
  },
  'something between tokens': (text, random) =>
    change(text, random, (tokens, at) => random.pick(between) + (tokens[at] ?? '')),
  'swapped tokens': (text, random) => {
    const tokens = tokensOf(text);
    for (let left = random.size(6); left > 0 && tokens.length > 1; left -= 1) {
      const [a, b] = [random.below(tokens.length), random.below(tokens.length)];
      [tokens[a], tokens[b]] = [tokens[b] ?? '', tokens[a] ?? ''];
    }
    return tokens.join('');
  },
  'one name for another': (text, random) => {
    const all = [...new Set(text.match(names))];
    if (all.length < 2) return text;
    const [from, to] = [random.pick(all), random.pick(all)];
    return text.replaceAll(names, (name) => (name === from ? to : name));
  },
  'a wrapper around all': (text, random) => {
    const [head, tail] = random.pick(wrappers);
    return head + text + tail;
  },
};
