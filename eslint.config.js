import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const processMessage = '`process` belongs to bin; take what you need from `io`.';

/** What this code base does not want, as one list: each entry has its planted violation in scripts/planted-violations.mjs. */
const bannedSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a string union.' },
  {
    selector: 'ThrowStatement > NewExpression[callee.name=/^(Error|TypeError|RangeError)$/]',
    message: 'Throw a BoosterError with a code.',
  },
];
const bannedDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name; only the files of a rule folder have a default export.',
};

const limits = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
};

// What needs types is in .oxlintrc.json: oxlint reads them with the native compiler, in a fifth of the time.
export default defineConfig(
  globalIgnores([
    'dist/',
    '.dist-*/',
    'coverage/',
    'vendor/',
    // AssemblyScript, which is not TypeScript
    'assembly/',
    'fixtures/',
    'src/rules/*/fixtures/',
    'src/rules/_template/',
    'src/detectors/*/fixtures/',
    'test/**/fixtures/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  // a program for terminals names control characters on purpose
  { rules: { 'no-control-regex': 'off' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strict],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      ...limits,
      'no-console': 'error',
      'no-restricted-globals': ['error', { name: 'process', message: processMessage }],
      'no-restricted-imports': [
        'error',
        { name: 'node:process', message: processMessage },
        { name: 'process', message: processMessage },
      ],
      'no-restricted-syntax': ['error', ...bannedSyntax, bannedDefaultExport],
    },
  },
  {
    files: ['src/rules/*/*.ts', 'src/detectors/*/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bannedSyntax] },
  },
  // code of users: it knows no BoosterError
  { files: ['src/generators/*/sources/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    // tests hand in hostile values, read JSON and take objects apart
    files: ['test/**/*.ts', '*.config.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['bin/*.cjs', 'scripts/**/*.mjs', '*.config.js', '*.mjs'],
    languageOptions: { globals: nodeGlobals() },
    rules: limits,
  },
  { files: ['bin/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
);

/** This configuration runs in Node, so what is global here is global there. */
function nodeGlobals() {
  const names = [...Object.getOwnPropertyNames(globalThis), 'require', 'module', 'exports', '__dirname', '__filename'];
  return Object.fromEntries(names.map((name) => [name, 'readonly']));
}
