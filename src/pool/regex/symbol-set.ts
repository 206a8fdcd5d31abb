import type { AST } from '@eslint-community/regexpp';

/**
 * Characters as bits: 0 to 127 for ASCII, and one for all others together. Two sets that share no bit share no character; two that do may
 * share none, which only ever costs a proof.
 */
export type SymbolSet = bigint;

const others = 1n << 128n;
export const allSymbols: SymbolSet = (1n << 129n) - 1n;

/** What ends a line. */
export const lineEnds: SymbolSet = (1n << 10n) | (1n << 13n) | others;

const known = new Map<string, SymbolSet>();
/** Enough for the patterns of any project; forgotten all at once. */
const mostKnown = 2000;

/** What an element that matches one character can match, as the engine itself says. */
export function symbolSet(node: AST.Character | AST.CharacterClass | AST.CharacterSet, flags: string): SymbolSet {
  const relevant = flags.replace(/[^isu]/g, '');
  const key = `${relevant}/${node.raw}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  if (known.size >= mostKnown) known.clear();
  const set = askEngine(node.raw, relevant) | (mayMatchOthers(node, relevant) ? others : 0n);
  known.set(key, set);
  return set;
}

function askEngine(raw: string, flags: string): SymbolSet {
  const regex = new RegExp(`^(?:${raw})$`, flags);
  let set = 0n;
  for (let code = 0; code < 128; code += 1) {
    if (regex.test(String.fromCharCode(code))) set |= 1n << BigInt(code);
  }
  return set;
}

/** `false` only where nothing but ASCII is named. With `i` and `u`, the Kelvin sign is a `k` and `ſ` an `s`. */
function mayMatchOthers(node: AST.Character | AST.CharacterClass | AST.CharacterSet, flags: string): boolean {
  if (flags.includes('i') && flags.includes('u')) return true;
  if (node.type === 'Character') return node.value > 127;
  if (node.type === 'CharacterSet')
    return node.kind === 'any' || node.negate || (node.kind !== 'digit' && node.kind !== 'word');
  return node.negate || node.elements.some((element) => mayElementMatchOthers(element));
}

function mayElementMatchOthers(element: AST.CharacterClassElement): boolean {
  if (element.type === 'Character') return element.value > 127;
  if (element.type === 'CharacterClassRange') return element.max.value > 127;
  if (element.type !== 'CharacterSet' || element.negate) return true;
  return element.kind !== 'digit' && element.kind !== 'word';
}
