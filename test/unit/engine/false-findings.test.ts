import { expect, it } from 'vitest';
import { analyzeText } from '../../../src/engine/analysis/analyze-text.ts';
import { rules } from '../../../src/rules/index.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

const parser = loadOxc({ memoryLimitBytes: 256 * 1024 * 1024 });

function rulesThatReport(text: string): readonly string[] {
  const parts = { rules, detectors: [], parser, regexes: { verdict: () => undefined } };
  const ids = rules.map(({ meta }) => meta.id);
  return analyzeText({ text, language: 'typescript', rules: ids }, parts).findings.map(({ ruleId }) => ruleId);
}

// each was false in code of a published package: see docs/analyze-reading.md
it.each([
  ['entries() of a Map', 'for (const [tag, service] of context.unsafeMap.entries()) use(tag, service);'],
  ['a map() that takes its collection first', 'Chunk.map(chunk, (text) => { use(text); });'],
  ['a map() of the class itself', 'this.map(use);'],
  ['Array.from() of what may be a Set', 'use(Array.from(context.hashes, (hash) => hash.length));'],
  ['Array.from() of an iterator', 'use(Array.from(context.keys(), (key) => key.length));'],
  ['a list of a few that are written out', 'use(Math.min(...[context.a, context.b].filter((one) => one > 0)));'],
  [
    'one of two short lists',
    "const all = use ? ['a'] : ['a', 'b'];\n  for (const key of chunk) if (all.includes(`${key}`)) use(key);",
  ],
  ['a loop of four rounds', 'const out = [];\n  for (let i = 0; i < 4; i++) out.unshift(context[i]);\n  use(out);'],
  ['a key that has two parts', "use(chunk.split(':')[1]);"],
  ['arguments that are copied under a condition', 'if (context) use(Array.prototype.slice.call(arguments, 4));'],
  [
    'a list of few names that is made of a constant',
    'const known = { a: 1, b: 2 };\n  const names = Object.keys(known);\n  for (const key of context) if (names.includes(`${key}`)) use(key);',
  ],
])('no finding is made of %s', (_title, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use, Chunk) {\n  ${text}\n}\n`)).toEqual([]);
});

it.each([
  ['array-entries', 'for (const [at, one] of [...context].entries()) use(at, one);'],
  ['map-unused', 'chunk.map((text) => { use(text); });'],
])('%s still reports what is one', (rule, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use) {\n  ${text}\n}\n`)).toContain(rule);
});

it.each([
  ['a match without the flag g', 'if (chunk.match(/x/)) use();', 'a list of the parts of the match'],
  ['a match with the flag g', 'if (chunk.match(/x/g)) use();', 'O(n) matches'],
])('the cost of %s is its own', (_title, text, cost) => {
  const parts = { rules, detectors: [], parser, regexes: { verdict: () => undefined } };
  const code = `export function run(context, chunk, use) {\n  ${text}\n}\n`;
  const { findings } = analyzeText({ text: code, language: 'typescript', rules: ['match-boolean'] }, parts);
  expect(findings.map(({ complexity, confidence }) => [complexity.before, confidence])).toEqual([[cost, 'possible']]);
});
