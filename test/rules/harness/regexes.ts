import { RegexChecker } from '../../../src/pool/regex/RegexChecker.ts';

/** The real checker, one for all test files of a thread. */
export const regexes = new RegexChecker();
await regexes.load();
