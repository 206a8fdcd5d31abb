import { none } from '../../engine/ast.ts';
import { matchedTexts } from '../../engine/analysis/matched-texts.ts';
import { seesShortTexts } from '../../engine/analysis/short-texts.ts';
import { textLength } from '../../engine/analysis/text-length.ts';
import type { Level } from '../../engine/analysis/analysis.ts';
import { defineDetector, type DetectorContext, type DetectorFinding } from '../../engine/analysis/detector.ts';
import { replacesTrim } from '../../engine/idioms/replaces-trim.ts';
import type { RegexVerdict } from '../../engine/analysis/regex-port.ts';

type SuperLinear = Extract<RegexVerdict, { readonly kind: 'super-linear' }>;

export default defineDetector({
  meta: {
    id: 'regex-backtracking',
    group: 'blocking',
    summary: 'a regular expression whose matching time explodes for some texts, with such a text',
    why:
      'Where two parts of a pattern can match the same characters, V8 tries all ways to share them out before it gives up. A text of 40 ' +
      'characters can then stop a server for minutes. Each finding names an attack that was found in the automaton of the pattern and ' +
      'then run at growing lengths through a matcher that goes back as that of V8 does, and counts its steps: it is reported only when ' +
      'they grew faster than the length. No time is measured, so every machine says the same.',
    since: '0.1.0',
    level: 'warning',
    complexity: { before: 'O(2ⁿ) or O(n²)', after: 'O(n)' },
    remedy: 'make the parts match different characters, bound the length of the text first, or match by hand',
    example: {
      slow: ['export const isList = (text: string): boolean => /^(\\w+,?)+$/.test(text);', ''].join('\n'),
      better: ['export const isList = (text: string): boolean => /^\\w+(?:,\\w+)*,?$/.test(text);', ''].join('\n'),
    },
    quiet: [
      'The checker came to no decision within its number of steps, or the attack did not hold when it was run.',
      'All that is matched with it is short by what it is: a number as a text, the name of the browser or of the platform, the padding of base64 (`/=+$/`).',
      'The pattern is put together at run time, also of parts such as `/a+/.source`, or has the flag v.',
      'No repetition without an upper end is in the pattern, or only one behind ^.',
    ],
  },
  triggers: ['*', '+', ',}'],
  find(ctx) {
    const { ast, scope } = ctx;
    for (const node of ast.ofKind('RegExpLiteral')) {
      // part of a larger pattern, which matches otherwise
      if (ast.memberObject(ast.parent(node), 'source') === node || seesShortTexts(ctx, node)) continue;
      // the padding of base64 is two characters
      if (replacesTrim(ast, node) || /^\/=[+*]\$\//.test(ast.source(node))) continue;
      const literal = /^\/([^]*)\/([a-z]*)$/.exec(ast.source(node));
      if (literal !== null) check(ctx, node, { source: literal[1] ?? '', flags: literal[2] ?? '', offset: 1 });
    }
    for (const node of [...ast.ofKind('NewExpression'), ...ast.ofKind('CallExpression')]) {
      if (!scope.isGlobal(ast.child(node, 'callee'), 'RegExp')) continue;
      const [pattern = none, flags = none] = ast.list(node, 'arguments');
      const texts = [ast.string(pattern), flags === none ? '' : ast.string(flags)] as const;
      if (texts[0] !== undefined && texts[1] !== undefined)
        check(ctx, node, { source: texts[0], flags: texts[1], offset: undefined });
    }
  },
});

interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** Where the pattern starts in the node; unknown for texts with escapes. */
  readonly offset: number | undefined;
}

function check(ctx: DetectorContext, node: number, { source, flags, offset }: Pattern): void {
  const verdict = ctx.regexes.verdict(source, flags);
  if (verdict?.kind !== 'super-linear') return;
  const { growth, attack, hotspot, counted } = verdict;
  const cost = growth === 'exponential' ? 'O(2ⁿ)' : `O(n${superscript(growth)})`;
  const part = offset === undefined ? '' : ` in ${shortened(source.slice(hotspot.start, hotspot.end))}`;
  ctx.report({
    node,
    level: levelOf(verdict),
    message: `matching takes ${cost} for texts like ${shortened(attack)}: it backtracks${part}`,
    complexity: { before: cost, after: 'O(n)' },
    ...sureness(ctx, node, growth),
    evidence: [
      `attack: ${attack}`,
      `counted: ${counted.map(({ length, steps }) => `${String(steps)} steps for ${String(length)} characters`).join(', ')}`,
    ],
  });
}

/**
 * The growth is certain: it was counted. An exponential one needs forty characters; a square hurts with texts of ten thousand, what takes more
 * with a thousand.
 */
function sureness(
  ctx: DetectorContext,
  node: number,
  growth: SuperLinear['growth'],
): Pick<DetectorFinding, 'confidence' | 'confidenceReason'> {
  const counted = 'the attack was run, and its steps grew faster than its length';
  if (growth === 'exponential') return { confidence: 'certain', confidenceReason: counted };
  // what is exported or goes to other code may be matched by a tokenizer, at one place only: a square of a search is linear there
  const texts = matchedTexts(ctx, node).filter((text) => text !== none);
  if (texts.length === 0) {
    const confidenceReason = 'the attack holds where a text is searched; how this pattern is matched is not seen here';
    return { confidence: 'possible', confidenceReason };
  }
  const lengths = texts.map((text) => textLength(ctx, text));
  if (lengths.includes('long'))
    return {
      confidence: 'likely',
      confidenceReason: `${counted}; whole documents or requests are matched, as their name says`,
    };
  if (growth > 2 && lengths.includes('unknown'))
    return { confidence: 'likely', confidenceReason: `${counted}; a thousand characters are enough` };
  return { confidence: 'possible', confidenceReason: `${counted}, but nothing says that long texts come there` };
}

/** A square only hurts with texts of many thousand characters. */
function levelOf({ growth }: SuperLinear): Level {
  if (growth === 'exponential') return 'error';
  return growth > 2 ? 'warning' : 'info';
}

function superscript(degree: number): string {
  return '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(degree);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
