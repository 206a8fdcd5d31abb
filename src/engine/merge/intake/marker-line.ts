import { commentBody } from './comment-body.ts';

/**
 * `marker`: says that code stays here. `ellipsis`: three dots and nothing else, which is code in some places.
 * `unclear`: words of a marker, but it might as well be a comment that the author wants. `none`: everything else.
 */
export type MarkerReading = 'marker' | 'ellipsis' | 'unclear' | 'none';

/** Longer lines are prose; also keeps hostile lines away from the expressions below. */
const longestMarker = 200;

const dots = String.raw`(?:\.{3,}|\u2026|\. \. \.)`;
const leadingDots = new RegExp(`^${dots}`, 'u');
const trailingDots = new RegExp(`${dots}$`, 'u');

/** Words that say "code stays" when a marker begins with them. */
const stateWords = words(
  'existing rest remaining remainder unchanged same keep keeping kept leave leaving other others previous original ' +
    'omitted unmodified untouched preserve preserved skip skipped snip snipped elided unaltered retain retained',
);

/** Words for pieces of code, the only ones beside state and filler words that a marker without dots may have. */
const codeWords = words(
  'code codes function functions method methods import imports class classes component components file files module ' +
    'modules implementation implementations logic body bodies field fields property properties props member members ' +
    'definition definitions declaration declarations handler handlers route routes test tests case cases section ' +
    'sections content contents style styles option options variable variables constant constants type types interface ' +
    'interfaces statement statements line lines parameter parameters params argument arguments args helper helpers ' +
    'hook hooks state getter getters setter setters export exports struct structs enum enums script block blocks item ' +
    'items entry entries key keys setup config configuration settings markup jsx html',
);

const fillerWords = words(
  'the a an all any some of in for from to and or as is are it its your this that these those with here below above ' +
    'stays stay remains remain goes go unchanged before no not change changes changed modification modifications ' +
    'needed brevity now above up until on at same',
);

/** Ends that say "code stays" whatever stands before. */
const closingPhrase =
  /\b(?:unchanged|untouched|unmodified|unaltered|omitted(?: for brevity)?|(?:remains?|stays?|is|are)(?: exactly)? (?:the same|as(?: it)? (?:is|was|before))|(?:the )?same as before|as before|no changes?(?: needed| here)?|for brevity)$/u;

/** Wordings that are markers even without dots, because no program needs such a comment. */
const plainMarkers: readonly RegExp[] = [
  /^unchanged code$/u,
  /^(?:the )?existing code(?: here| (?:remains?|stays?)(?: unchanged| the same| as is)?| unchanged| goes here| above| below)?$/u,
  /^(?:the )?(?:rest|remainder) of (?:the |your |this )?(?:existing |original )?(?:code|file|function|class|method|component|module|implementation|script|body)(?: here| (?:(?:remains?|stays?|is) )?(?:unchanged|the same|as is)| stays| remains)?$/u,
  /^(?:the )?remaining (?:code|file|implementation)(?: here| (?:(?:remains?|stays?|is) )?(?:unchanged|the same|as is))?$/u,
  /^(?:keep|leave) (?:the |all )?(?:existing|remaining|other|rest of the) code(?: here| (?:unchanged|as is|the same))?$/u,
  /^(?:all )?(?:the )?(?:other |existing |previous |rest of (?:the )?)?[a-z]+ (?:remains?|stays?) (?:unchanged|the same|as is)$/u,
  /^(?:code )?(?:omitted|unchanged|same|skipped|shortened) for brevity$/u,
];

export function readMarkerLine(line: string): MarkerReading {
  if (line.length > longestMarker) return 'none';
  const { body, isComment } = commentBody(line);
  const inner = body.replace(/^[[(<{]\s*(?=.*[\])>}]$)/u, '');
  const bare = inner === body ? body : inner.slice(0, -1).trim();
  if (new RegExp(`^${dots}$`, 'u').test(bare)) return isComment ? 'marker' : 'ellipsis';
  const opens = leadingDots.exec(bare);
  const closes = trailingDots.exec(bare);
  const phrase = bare.slice(opens?.[0].length ?? 0, closes === null ? undefined : closes.index).trim();
  if (phrase === '') return 'none';
  if (!isComment) return readBare(bare, phrase, opens !== null, closes !== null);
  const spoken = speak(phrase);
  if (opens !== null && closes !== null) return readDotted(spoken);
  if (opens !== null || closes !== null) return readHalfDotted(spoken, opens !== null);
  return readPlain(spoken);
}

/** Dots on both sides of a comment: nearly always a marker, `// ... imports and helpers ...` included. */
function readDotted(spoken: readonly string[]): MarkerReading {
  const speaksOfCode = spoken.some((word) => stateWords.has(word) || codeWords.has(word));
  return spoken.length <= (speaksOfCode ? 16 : 4) ? 'marker' : 'unclear';
}

/** Dots on one side only: a comment may well begin or end so, and must speak of code that stays to be a marker. */
function readHalfDotted(spoken: readonly string[], opens: boolean): MarkerReading {
  const sentence = spoken.join(' ');
  if (spoken.every((word) => isMarkerWord(word))) {
    return opens || spoken.some((word) => stateWords.has(word)) ? 'marker' : 'unclear';
  }
  const content = spoken.filter((word) => !fillerWords.has(word));
  const begins = stateWords.has(content[0] ?? '');
  if (begins && spoken.length <= 12 && (opens || codeWords.has(content.at(-1) ?? ''))) return 'marker';
  if (closingPhrase.test(sentence)) return spoken.length <= 12 ? 'marker' : 'unclear';
  return begins && spoken.length <= 6 ? 'unclear' : 'none';
}

function readPlain(spoken: readonly string[]): MarkerReading {
  const sentence = spoken.join(' ');
  if (plainMarkers.some((pattern) => pattern.test(sentence))) return 'marker';
  const isVocabulary = spoken.length <= 8 && spoken.every((word) => isMarkerWord(word));
  const begins = stateWords.has(spoken.find((word) => !fillerWords.has(word)) ?? '');
  if (isVocabulary && begins && spoken.some((word) => codeWords.has(word))) return 'unclear';
  return spoken.length <= 8 && closingPhrase.test(sentence) && spoken.some((word) => codeWords.has(word))
    ? 'unclear'
    : 'none';
}

/** A line without comment prefix: `...rest` is code, so only whole phrases count. */
function readBare(bare: string, phrase: string, opens: boolean, closes: boolean): MarkerReading {
  if (!opens && !closes) return /^(?:UNCHANGED CODE|\[UNCHANGED\])$/u.test(bare) ? 'marker' : 'none';
  if (/[;={}]/u.test(phrase)) return 'none';
  const spoken = speak(phrase);
  const content = spoken.filter((word) => !fillerWords.has(word));
  const speaksOfCode = stateWords.has(content[0] ?? '') || closingPhrase.test(spoken.join(' '));
  if (opens && closes) return speaksOfCode && spoken.length >= 2 && spoken.length <= 16 ? 'marker' : 'none';
  if (spoken.length < 2 || spoken.length > 8 || !speaksOfCode) return 'none';
  if (!spoken.every((word) => isMarkerWord(word))) return 'none';
  return opens ? 'marker' : 'unclear';
}

function isMarkerWord(word: string): boolean {
  return stateWords.has(word) || codeWords.has(word) || fillerWords.has(word);
}

/** Lower-case words; what stands in brackets or quotes is a detail, such as the names of what is left out. */
function speak(phrase: string): string[] {
  return phrase
    .replace(/^[[(<{]\s*|\s*[\])>}]$/gu, '')
    .replace(/\([^()]*\)|`[^`]*`|"[^"]*"/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}_'$]+/u)
    .filter((word) => word !== '');
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
