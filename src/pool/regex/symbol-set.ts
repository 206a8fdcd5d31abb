import type { AST } from '@eslint-community/regexpp';

/**
 * Characters as bits: 0 to 127 for ASCII, one for white space beyond that, so that `\s` and `\S` share nothing, and one for all others. Two sets that share no bit share no character; two that do may
 * share none, which only ever costs a proof.
 */
export type SymbolSet = bigint;

const others = 1n << 128n;
const otherSpaces = 1n << 129n;
export const allSymbols: SymbolSet = (1n << 130n) - 1n;

/** What ends a line. */
export const lineEnds: SymbolSet = (1n << 10n) | (1n << 13n) | otherSpaces;

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
  const set = askEngine(node.raw, relevant) | beyondAscii(node, relevant);
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

/** What it may match beyond ASCII. With `i` and `u`, the Kelvin sign is a `k` and `ſ` an `s`. */
function beyondAscii(node: AST.Character | AST.CharacterClass | AST.CharacterSet, flags: string): SymbolSet {
  if (flags.includes('i') && flags.includes('u')) return others | otherSpaces;
  if (node.type !== 'CharacterClass') return ofElement(node);
  const { negate, elements } = node;
  if (!negate) return elements.reduce((set, element) => set | ofElement(element), 0n);
  return elements.reduce((set, element) => set & ~allOfElement(element), others | otherSpaces);
}

/** What an element may match beyond ASCII. */
function ofElement(element: AST.CharacterClassElement | AST.CharacterSet): SymbolSet {
  if (element.type === 'Character') return ofCode(element.value);
  if (element.type === 'CharacterClassRange') return element.max.value > 127 ? others | otherSpaces : 0n;
  if (element.type !== 'CharacterSet') return others | otherSpaces;
  if (element.kind === 'space') return element.negate ? others : otherSpaces;
  return (element.kind === 'digit' || element.kind === 'word') && !element.negate ? 0n : others | otherSpaces;
}

/** The kinds beyond ASCII of which an element matches every character. */
function allOfElement(element: AST.CharacterClassElement): SymbolSet {
  if (element.type !== 'CharacterSet') return 0n;
  if (element.kind === 'space') return element.negate ? others : otherSpaces;
  return (element.kind === 'digit' || element.kind === 'word') && element.negate ? others | otherSpaces : 0n;
}

function ofCode(code: number): SymbolSet {
  if (code <= 127) return 0n;
  return /\s/.test(String.fromCodePoint(code)) ? otherSpaces : others;
}
