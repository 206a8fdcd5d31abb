import type { GeneratorMeta } from '../generators/generator.ts';
import { isIdentifier, pascalCase } from '../generators/identifier.ts';
import { BoosterError } from '../shared/errors.ts';

export interface PickedGenerator {
  readonly generator: string;
  /** Taken from the description, when one stands there. */
  readonly name?: string;
  readonly options: Readonly<Record<string, string>>;
  /** Which words decided. */
  readonly evidence: string;
}

/**
 * Picks the generator that a description names, by the keywords that each generator declares. The one with the most words
 * wins; two with as many are not clear, and nothing is guessed.
 *
 * @throws BoosterError E_GENERATE_UNCLEAR with the nearest candidates
 */
export function pickGenerator(description: string, metas: readonly GeneratorMeta[]): PickedGenerator {
  const words = wordsOf(description);
  const scored = metas
    .map((meta) => ({ meta, hits: hitsOf(words, meta) }))
    .sort((one, other) => other.hits.length - one.hits.length || (one.meta.id < other.meta.id ? -1 : 1));
  const [best, second] = scored;
  if (best === undefined || best.hits.length === 0 || best.hits.length === second?.hits.length) {
    throw unclear(description, scored);
  }
  const name = nameIn(description, best.meta);
  return {
    generator: best.meta.id,
    options: optionsIn(words, best.meta),
    evidence: `${best.meta.id} was picked for the words ${best.hits.join(', ')}${name === undefined ? '' : `, and the name ${name} is from the description`}`,
    ...(name === undefined ? {} : { name }),
  };
}

/** Lower-case words, and pairs of neighbours joined by a hyphen: `ring buffer` is `ring-buffer`, too. */
function wordsOf(description: string): string[] {
  const words = (description.toLowerCase().match(/[\p{L}\d][\p{L}\d-]*/gu) ?? []).map(singular);
  return [...words, ...words.slice(1).map((word, index) => `${words[index] ?? ''}-${word}`)];
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

function hitsOf(words: readonly string[], { id, keywords }: GeneratorMeta): string[] {
  const known = new Set([id, ...keywords].map(singular));
  return [...new Set(words.filter((word) => known.has(word)))];
}

/** Values of options that stand in the description as words. */
function optionsIn(words: readonly string[], { options }: GeneratorMeta): Record<string, string> {
  const found = options.flatMap(({ name, values = [], words: aliases = {} }) => {
    const named = values.filter((value) =>
      [value, ...(aliases[value] ?? [])].some((word) => words.includes(singular(word))),
    );
    const [only, another] = named;
    return only === undefined || another !== undefined ? [] : [[name, only] as const];
  });
  return Object.fromEntries(found);
}

/** `… for User`, `… called TaskQueue`, `… for sumPrimes`: a word that is written like a type or a function. */
function nameIn(description: string, meta: GeneratorMeta): string | undefined {
  return namedAfter(description, meta) ?? typeIn(description, meta);
}

/** `listing users` → `User`, for generators that declare such words. */
function namedAfter(description: string, { nameAfter = [], keywords }: GeneratorMeta): string | undefined {
  const words = description.match(/[\p{L}\p{N}_$-]+/gu) ?? [];
  const before = words.findIndex((word) => nameAfter.includes(word.toLowerCase()));
  const noun = words.slice(before + 1).find((word) => !/^(?:an?|the|all|of|new)$/i.test(word));
  if (before === -1 || noun === undefined || keywords.includes(singular(noun.toLowerCase()))) return undefined;
  const name = pascalCase(
    noun
      .replace(/ies$/, 'y')
      .replace(/(s|x|z|ch|sh)es$/, '$1')
      .replace(/([^s])s$/, '$1'),
  );
  return isIdentifier(name) ? name : undefined;
}

function typeIn(description: string, { keywords, namesFunction }: GeneratorMeta): string | undefined {
  const [, name] =
    /\b(?:for|of|called|named)\s+(?:an?\s+|the\s+)?(\p{Lu}[\p{L}\d_$]*)/u.exec(description) ??
    (namesFunction &&
      /\b(?:for|of|called|named)\s+(?:the\s+)?(\p{Ll}[\p{L}\d_$]*\p{Lu}[\p{L}\d_$]*)/u.exec(description)) ??
    [];
  return name !== undefined && isIdentifier(name) && !keywords.includes(name.toLowerCase()) ? name : undefined;
}

function unclear(
  description: string,
  scored: readonly { readonly meta: GeneratorMeta; readonly hits: readonly string[] }[],
): BoosterError {
  const hit = scored.filter(({ hits }) => hits.length > 0);
  const most = hit[0]?.hits.length;
  const candidates = hit.filter(({ hits }) => hits.length === most);
  const shown = JSON.stringify(description.slice(0, 80));
  const known = scored.map(({ meta }) => meta.id);
  const why =
    candidates.length === 0
      ? `no word of it is known; there are ${known.join(', ')}`
      : `it could be ${candidates.map(({ meta, hits }) => `${meta.id} (${hits.join(', ')})`).join(' or ')}`;
  const near = candidates.map(({ meta }) => meta.id);
  return new BoosterError('E_GENERATE_UNCLEAR', `${shown}: not clear what to generate: ${why}`, {
    candidates: near,
    known,
  });
}
