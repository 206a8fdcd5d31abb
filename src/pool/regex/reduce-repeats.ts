import { type AST, RegExpParser, visitRegExpAST } from '@eslint-community/regexpp';

/** Rounds that stay: two are what it takes to share a text out in two ways, and one more to have a choice. */
const keptRounds = 2;

/**
 * The pattern with `{0,61}` as `{0,2}`, and so on: as ambiguous as before, for a checker whose work grows with every round that is written
 * out. What it finds must be tried on the pattern itself.
 */
export function reduceRepeats(source: string, flags: string): string {
  const repeats: AST.Quantifier[] = [];
  const pattern = new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });
  visitRegExpAST(pattern, {
    onQuantifierEnter: (node) => {
      if (node.min > 1 || (node.max > 1 && node.max !== Infinity)) repeats.push(node);
    },
  });
  // from the back, so that the places of those before stay
  repeats.sort((a, b) => b.element.end - a.element.end);
  return repeats.reduce(
    (text, node) => text.slice(0, node.element.end) + bracesOf(node) + text.slice(node.end),
    source,
  );
}

function bracesOf({ min, max, greedy }: AST.Quantifier): string {
  const least = Math.min(min, keptRounds);
  const most = least + Math.min(max - min, keptRounds);
  const range =
    max === Infinity ? `${String(least)},` : most === least ? String(least) : `${String(least)},${String(most)}`;
  return `{${range}}${greedy ? '' : '?'}`;
}
