import { expect, test } from 'vitest';
import { compileOxc } from '../../../src/wasm/compile-oxc.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';
import { NapiHost } from '../../../src/wasm/napi-host.ts';
import { createMemory } from '../../../src/wasm/wasm-memory.ts';
import { readCorpus } from './corpus.ts';
import type { CorpusFile } from './corpus.ts';
import { findBrokenLinks, kindOf } from './tree-text.ts';

const limit = 512 * 2 ** 20;
const module = compileOxc();
const parser = loadOxc({ module, memoryLimitBytes: limit });
const host = new NapiHost(module, createMemory(980, limit, true), limit);
const languages = { javascript: 'js', jsx: 'jsx', typescript: 'ts', tsx: 'tsx', dts: 'dts' } as const;

/** Number of nodes and of each type, by a plain recursive walk over oxc's own JSON; `null` elements are holes. */
function countTypes({ text, language }: CorpusFile): Map<string, number> {
  type ParseSync = (name: string, source: string, options: object) => { program: string };
  const json = host.run(() => {
    const options = { lang: languages[language], sourceType: 'unambiguous', preserveParens: false };
    return (host.registered['parseSync'] as ParseSync)('', text, options).program;
  });
  const counts = new Map<string, number>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value))
      value.forEach((item) => {
        if (item === null) count('Hole');
        else visit(item);
      });
    else if (typeof value === 'object' && value !== null) {
      const { type } = value as { type?: unknown };
      if (typeof type === 'string') count(type);
      Object.values(value).forEach(visit);
    }
  };
  const count = (type: string): void => void counts.set(type, (counts.get(type) ?? 0) + 1);
  visit((JSON.parse(json) as { node: unknown }).node);
  return counts;
}

test.each(['rxjs/src', 'zod/src', 'three/src'])(
  'the table holds exactly the nodes of the syntax tree, well linked: %s',
  (folder) => {
    const files = readCorpus(folder);
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const tree = parser.parse(file.text, file.language);
      expect(tree.problems, file.path).toEqual([]);
      expect(findBrokenLinks(tree), file.path).toEqual([]);
      const counts = new Map<string, number>();
      for (let row = 0; row < tree.count; row += 1) {
        const kind = kindOf(tree, row).replace(/^(String|Numeric|Boolean|Null|RegExp|BigInt)Literal$/, 'Literal');
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
      }
      expect(Object.fromEntries(counts), file.path).toEqual(Object.fromEntries(countTypes(file)));
    }
  },
);

test.each(['rxjs/src', 'zod/src'])('semantic checks find nothing in valid code: %s', (folder) => {
  const rejected = readCorpus(folder).filter(
    (file) => parser.parse(file.text, file.language, { semantic: true }).problems.length > 0,
  );
  expect(rejected.map((file) => file.path)).toEqual([]);
});

test('comments lie where the text has them', () => {
  for (const { text, language, path } of readCorpus('rxjs/src')) {
    for (const { start, end, block } of parser.parse(text, language).comments) {
      const comment = text.slice(start, end);
      expect(block ? /^\/\*[^]*\*\/$/.test(comment) : /^\/\/.*$/.test(comment), `${path}: ${comment}`).toBe(true);
    }
  }
});
