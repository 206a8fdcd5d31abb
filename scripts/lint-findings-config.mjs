import parser from '@typescript-eslint/parser';
import sonarjs from 'eslint-plugin-sonarjs';
import unicorn from 'eslint-plugin-unicorn';

/** The recommended rules of both plugins, no type information; the comments in the sources that switch rules have no say. */
export default [
  {
    files: ['**/*.{js,mjs,cjs,jsx}'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
  { files: ['**/*.{ts,mts,cts,tsx}'], languageOptions: { parser } },
  {
    files: ['**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}'],
    plugins: { unicorn, sonarjs },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: { ...unicorn.configs.recommended.rules, ...sonarjs.configs.recommended.rules },
  },
];
