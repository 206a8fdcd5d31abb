import e18e from '@e18e/eslint-plugin';
import parser from '@typescript-eslint/parser';
import unicorn from 'eslint-plugin-unicorn';

/** Those rules of eslint-plugin-unicorn and @e18e/eslint-plugin that look for what a rule of booster looks for, and need no types. */
export const lintRules = [
  'unicorn/prefer-array-find', // filter-find
  'unicorn/prefer-array-some', // filter-some
  'unicorn/prefer-at', // slice-index
  'unicorn/prefer-set-has', // includes-set
  'unicorn/prefer-split-limit', // split-limit
  'unicorn/no-useless-spread', // has-direct
  'unicorn/prefer-math-min-max', // math-max-spread
  'unicorn/prefer-date-now', // date-object-time
  'unicorn/prefer-regexp-test', // match-boolean
  'unicorn/prefer-string-replace-all', // replace-literal-regexp
  'e18e/no-spread-in-reduce', // acc-spread-array, acc-spread-object
  'e18e/prefer-array-from-map', // array-from-map
  'e18e/prefer-slice-over-split-index', // split-pop
  'e18e/prefer-static-collator', // hoist-intl
  'e18e/prefer-static-regex', // hoist-regexp
  'e18e/prefer-url-canparse', // url-try-parse
];

const rules = Object.fromEntries(lintRules.map((name) => [name, 'warn']));

/** Only these rules, no type information; the comments in the sources that switch rules have no say. */
export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } },
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { unicorn, e18e },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules,
  },
];
