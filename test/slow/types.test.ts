import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Tier } from '../../src/engine/finding.ts';
import { languageOfPath } from '../../src/engine/language.ts';
import { listSources, sourceFolder } from './corpus-packages.ts';
import { optimizeTree } from './optimize-tree.ts';
import { countCodes, typeDiagnostics } from './type-diagnostics.ts';

// three is JavaScript without types of its own
const typedPackages = ['rxjs', 'effect', 'zod', '@tanstack/table-core'];
const rulesFolder = fileURLToPath(new URL('../../src/rules', import.meta.url));

/** New texts by absolute path. */
async function rewrittenTexts(folder: string, paths: readonly string[], level: Tier): Promise<Map<string, string>> {
  const { results } = await optimizeTree({ folder, paths, level, write: false });
  return new Map(
    results.flatMap(({ path, change }) => (change === undefined ? [] : [[join(folder, path), change.after] as const])),
  );
}

describe.each(typedPackages)('sources of %s', (name) => {
  test('TypeScript says the same about them before and after, at the lowest and the highest level', async () => {
    const folder = sourceFolder(name);
    const sources = listSources(folder).filter((path) => languageOfPath(path)?.startsWith('t'));
    const paths = sources.map((path) => join(folder, path));
    const safe = await rewrittenTexts(folder, sources, 'safe');
    const aggressive = await rewrittenTexts(folder, sources, 'aggressive');
    const before = typeDiagnostics(folder, paths);
    console.log(
      `${name}: ${paths.length} files, ${safe.size} rewritten at safe, ${aggressive.size} at aggressive`,
      countCodes(before),
    );
    expect(typeDiagnostics(folder, paths, safe)).toEqual(before);
    expect(typeDiagnostics(folder, paths, aggressive)).toEqual(before);
  });
});

// Of JavaScript nobody expects it: what TypeScript infers for an empty array or object there depends on how it is filled.
test('TypeScript says the same about the fixtures of all rules before and after', () => {
  const inputs = listSources(rulesFolder).filter((path) => /^[^_].*\/fixtures\/[^/]+\/input\.[mc]?tsx?$/.test(path));
  const paths = inputs.map((path) => join(rulesFolder, path));
  const expected = new Map(
    paths.map((path) => [path, readFileSync(path.replace(/input(?=\.\w+$)/, 'expected'), 'utf8')]),
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(typeDiagnostics(rulesFolder, paths, expected)).toEqual(typeDiagnostics(rulesFolder, paths));
});

test('a rewrite that changes a type would be seen', () => {
  const folder = sourceFolder('rxjs');
  const path = join(folder, 'internal/util/arrRemove.ts');
  const text = readFileSync(path, 'utf8');
  const planted = text.replace('arr.indexOf(item)', 'arr.includes(item)');
  expect(planted).not.toBe(text);
  const before = typeDiagnostics(folder, [path]);
  expect(typeDiagnostics(folder, [path], new Map([[path, planted]]))).not.toEqual(before);
});
