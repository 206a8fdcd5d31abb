import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tier, tiers } from '../../../src/engine/finding.ts';
import { type Language, languageOfPath } from '../../../src/engine/language.ts';

/** Code that a rule must rewrite exactly so. */
export interface ChangeFixture {
  readonly name: string;
  readonly language: Language;
  /** From a first line `// level: balanced`; default `aggressive`. */
  readonly level: Tier;
  readonly input: string;
  readonly expected: string;
}

/** Code that a rule must leave alone, at every level. */
export interface KeepFixture {
  readonly name: string;
  readonly language: Language;
  readonly input: string;
}

/** `fixtures/<case>/input.*` with `expected.*`, sorted by name. Throws an Error that names an incomplete case. */
export function readChangeFixtures(ruleFolder: string): ChangeFixture[] {
  const folder = join(ruleFolder, 'fixtures');
  if (!existsSync(folder)) return [];
  const cases = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && entry.name !== 'keep',
  );
  return cases.map((entry) => readCase(folder, entry.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `fixtures/keep/<case>.*`, sorted by name. */
export function readKeepFixtures(ruleFolder: string): KeepFixture[] {
  const folder = join(ruleFolder, 'fixtures', 'keep');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file,
      language: languageOf(join(folder, file)),
      input: readFileSync(join(folder, file), 'utf8'),
    }));
}

function readCase(folder: string, name: string): ChangeFixture {
  const files = readdirSync(join(folder, name)).sort();
  const [expectedFile, inputFile, ...others] = files;
  const extension = inputFile?.replace(/^input/, '');
  if (
    inputFile?.startsWith('input.') !== true ||
    expectedFile !== `expected${String(extension)}` ||
    others.length > 0
  ) {
    throw new Error(
      `fixture ${name} must hold input.<ext> and expected.<ext> and nothing else, but holds ${files.join(', ')}`,
    );
  }
  const input = readFileSync(join(folder, name, inputFile), 'utf8');
  const expected = readFileSync(join(folder, name, expectedFile), 'utf8');
  return { name, language: languageOf(inputFile), level: levelOf(input), input, expected };
}

function languageOf(path: string): Language {
  const language = languageOfPath(path);
  if (language === undefined) throw new Error(`fixture ${path} has an extension that booster does not read`);
  return language;
}

function levelOf(text: string): Tier {
  const wish = /^\/\/ level: (\S+)/.exec(text)?.[1];
  if (wish === undefined) return 'aggressive';
  const level = tiers.find((tier) => tier === wish);
  if (level === undefined) throw new Error(`unknown level in the first line: ${wish}`);
  return level;
}
