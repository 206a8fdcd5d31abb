import type { SourceLanguage } from '../../engine/merge/source-language.ts';

/** The engine's own numbers. Whatever else it is given, it takes for JavaScript or breaks on. */
const numbers = {
  javascript: 0,
  jsx: 0,
  typescript: 1,
  tsx: 1,
  python: 2,
  rust: 3,
  go: 4,
  java: 5,
  c: 6,
  cpp: 7,
} as const satisfies Record<Exclude<SourceLanguage, 'text'>, number>;

/** A language that agent-booster knows. */
export type EngineLanguage = keyof typeof numbers;

export function isEngineLanguage(language: SourceLanguage): language is EngineLanguage {
  return language in numbers;
}

export function engineNumber(language: EngineLanguage): number {
  return numbers[language];
}
