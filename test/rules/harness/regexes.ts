import { RegexChecker } from '../../../src/pool/regex-checker.ts';

/** The real checker, one for each test file. */
export const regexes = new RegexChecker();
regexes.load();
