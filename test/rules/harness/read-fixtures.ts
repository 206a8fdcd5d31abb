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

export interface Fixtures {
  /** `fixtures/<case>/input.*` with `expected.*`, sorted by name. */
  readonly changes: readonly ChangeFixture[];
  /** `fixtures/keep/<case>.*`, sorted by name. */
  readonly keeps: readonly KeepFixture[];
  /** Cases that cannot be used; they do not hide the others. */
  readonly problems: readonly string[];
}

export function readFixtures(ruleFolder: string): Fixtures {
  const folder = join(ruleFolder, 'fixtures');
  const problems: string[] = [];
  const readAll = <T>(names: readonly string[], read: (name: string) => T): T[] =>
    [...names].sort().flatMap((name) => {
      try {
        return [read(name)];
      } catch (error) {
        problems.push(`fixture ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    });
  const cases = namesIn(folder).filter((name) => name !== 'keep');
  const changes = readAll(cases, (name) => readChange(join(folder, name), name));
  const keeps = readAll(namesIn(join(folder, 'keep')), (name) => readKeep(join(folder, 'keep', name), name));
  return { changes, keeps, problems };
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function readChange(folder: string, name: string): ChangeFixture {
  const [expectedFile, inputFile, ...others] = readdirSync(folder).sort();
  const extension = inputFile?.replace(/^input/, '') ?? '';
  if (inputFile?.startsWith('input.') !== true || expectedFile !== `expected${extension}` || others.length > 0) {
    throw new TypeError('it must hold input.<ext> and expected.<ext> and nothing else');
  }
  const input = readFileSync(join(folder, inputFile), 'utf8');
  const expected = readFileSync(join(folder, expectedFile), 'utf8');
  return { name, language: languageOf(inputFile), level: levelOf(input), input, expected };
}

function readKeep(path: string, name: string): KeepFixture {
  return { name, language: languageOf(name), input: readFileSync(path, 'utf8') };
}

function languageOf(path: string): Language {
  const language = languageOfPath(path);
  if (language === undefined) throw new TypeError('booster does not read files with this extension');
  return language;
}

function levelOf(text: string): Tier {
  const wish = /^\/\/ level: (\S+)/.exec(text)?.[1];
  if (wish === undefined) return 'aggressive';
  const level = tiers.find((tier) => tier === wish);
  if (level === undefined) throw new TypeError(`unknown level in the first line: ${wish}`);
  return level;
}
