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
])('no finding is made of %s', (_title, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use, Chunk) {\n  ${text}\n}\n`)).toEqual([]);
});

it.each([
  ['array-entries', 'for (const [at, one] of [...context].entries()) use(at, one);'],
  ['map-unused', 'chunk.map((text) => { use(text); });'],
])('%s still reports what is one', (rule, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use) {\n  ${text}\n}\n`)).toContain(rule);
});
