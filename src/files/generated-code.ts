/** How far into a file a "generated" mark is looked for, in UTF-16 units: such marks stand in the head comment. */
const headLength = 2_000;

/** Marks that generators leave in a comment: `@generated`, `Code generated … DO NOT EDIT.` and their like. */
const mark =
  /^\s*(?:\/\/|\/\*|\*|#|<!--).*(?:(?<![\w-])@generated\b|\bgenerated\b.*\bdo not (?:edit|modify)\b|\bdo not (?:edit|modify)\b.*\bgenerated\b)/im;

const longLine = 1_000;

/** `true` for names that say "minified": `x.min.js`, `x-min.mjs`. */
export function isMinifiedName(name: string): boolean {
  return /[.-]min\.[cm]?js$/i.test(name);
}

/**
 * `true` when a text says that it was generated, or looks minified: more than half of it lies in lines of over 1,000
 * UTF-16 units. Rewriting such a file is pointless: its source is elsewhere.
 */
export function looksGenerated(text: string): boolean {
  return mark.test(text.slice(0, headLength)) || isMostlyLongLines(text);
}

function isMostlyLongLines(text: string): boolean {
  if (text.length <= longLine) return false;
  let inLongLines = 0;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (end - start > longLine) inLongLines += end - start;
    start = end + 1;
  }
  return inLongLines * 2 > text.length;
}
