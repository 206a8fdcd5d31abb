import { RegexChecker } from '../../../src/pool/regex-checker.ts';

/** The real checker, one for all test files of a thread. */
export const regexes = new RegexChecker();
regexes.load();
