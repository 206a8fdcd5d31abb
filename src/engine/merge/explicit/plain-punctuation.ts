const plain: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201A\u201B\u2032]/gu, "'"],
  [/[\u201C\u201D\u201E\u201F\u2033]/gu, '"'],
  [/[\u2010\u2011\u2012\u2013\u2014\u2015\u2212]/gu, '-'],
  [/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu, ' '],
  [/\u2026/gu, '...'],
];

/** A line with plain quotes, dashes, dots and spaces, as models write what a file has in typographic ones. */
export function plainPunctuation(line: string): string {
  return plain.reduce((text, [pattern, sign]) => text.replace(pattern, sign), line).trim();
}
