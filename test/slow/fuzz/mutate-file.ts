import { languageOfPath } from '../../../src/engine/language.ts';
import { parser } from '../../rules/harness/parser.ts';
import type { Random } from './random.ts';
import { pickSeed } from './seed-files.ts';
import type { SeedFile, SeedFiles } from './seed-files.ts';
import { textMutations } from './text-mutations.ts';
import { tokenMutations } from './token-mutations.ts';

export interface MutatedFile {
  /** Which file became what; for messages. */
  readonly recipe: string;
  /** With its dot. */
  readonly extension: string;
  readonly bytes: Buffer;
}

const extensions = ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.jsx', '.mts', '.cts'];
const mutations = { ...textMutations, ...tokenMutations };
const mutationNames = Object.keys(mutations);
/** Not for the parser of the test, which has nobody to save it. */
const overwhelming = /^deep|huge/;
const tokenMutationNames = Object.keys(tokenMutations);

/** A real file after some mutations: half of the files are broken, half are code that nobody would write. */
export function mutateFile(seeds: SeedFiles, random: Random): MutatedFile {
  const seed = pickSeed(seeds, random);
  const extension = random.chance(0.9) ? seed.extension : random.pick(extensions);
  return random.chance(0.5) ? breakFile(seed, extension, seeds, random) : distortFile(seed, extension, seeds, random);
}

/** One to three mutations, whatever becomes of the text. */
function breakFile(seed: SeedFile, extension: string, seeds: SeedFiles, random: Random): MutatedFile {
  const steps: string[] = [];
  let { text } = seed;
  for (let left = random.size(4); left > 0; left -= 1) {
    const name = random.pick(mutationNames);
    text = mutate(name, text, seeds, random);
    steps.push(name);
  }
  let bytes = Buffer.from(text);
  if (random.chance(0.05)) {
    bytes = withRandomBytes(bytes, random);
    steps.push('random bytes');
  }
  return { recipe: recipe(seed, extension, steps), extension, bytes };
}

/** Many mutations, of which only those stay that leave a text without syntax errors. */
function distortFile(seed: SeedFile, extension: string, seeds: SeedFiles, random: Random): MutatedFile {
  const steps: string[] = [];
  let { text } = seed;
  for (let left = random.size(30); left > 0; left -= 1) {
    const name = random.pick(random.chance(0.8) ? tokenMutationNames : mutationNames);
    if (overwhelming.test(name)) continue;
    const next = mutate(name, text, seeds, random);
    if (!parses(next, extension)) continue;
    text = next;
    steps.push(name);
  }
  return { recipe: recipe(seed, extension, steps), extension, bytes: Buffer.from(text) };
}

function parses(text: string, extension: string): boolean {
  const language = languageOfPath(extension);
  // a cut may have split a surrogate pair, which the parser refuses to look at
  if (text.length > 100_000 || language === undefined || /\p{Surrogate}/u.test(text)) return false;
  return parser.parse(text.replace(/^\uFEFF/, ''), language).problems.length === 0;
}

function mutate(name: string, text: string, seeds: SeedFiles, random: Random): string {
  return mutations[name]?.(text, random, pickSeed(seeds, random).text) ?? text;
}

function recipe({ name }: SeedFile, extension: string, steps: readonly string[]): string {
  return `${name} as ${extension}: ${steps.join(', ')}`;
}

/** Text that is no UTF-8: stray bytes, halves of characters, encoded surrogates. */
function withRandomBytes(bytes: Buffer, random: Random): Buffer<ArrayBuffer> {
  const pieces = [[0xed, 0xa0, 0xbd], [0xc0, 0x80], [0xff, 0xfe], [0xf0, 0x9f], [random.below(256)]];
  const at = random.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(pieces)), bytes.subarray(at)]);
}
