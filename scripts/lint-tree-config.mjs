import parser from '@typescript-eslint/parser';
import unicorn from 'eslint-plugin-unicorn';

/** Those rules of eslint-plugin-unicorn that look for what a rule of booster looks for. */
export const unicornRules = [
  'prefer-array-find', // filter-find
  'prefer-array-some', // filter-some
  'prefer-at', // slice-index
  'prefer-set-has', // includes-set
  'prefer-split-limit', // split-limit
  'no-useless-spread', // has-direct
  'prefer-math-min-max', // math-max-spread
];

const rules = Object.fromEntries(unicornRules.map((name) => [`unicorn/${name}`, 'warn']));

/** Only these rules, no type information; the comments in the sources that switch rules have no say. */
export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } },
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { unicorn },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules,
  },
];
