/** What `apply` merges with a syntax tree; everything else is `text` and merged by lines alone. */
export type SourceLanguage =
  | 'javascript'
  | 'jsx'
  | 'typescript'
  | 'tsx'
  | 'python'
  | 'go'
  | 'rust'
  | 'java'
  | 'c'
  | 'cpp'
  | 'text';

const byExtension: Readonly<Record<string, SourceLanguage>> = {
  js: 'jsx', // as in `language.ts`: plain .js files with JSX are common
  mjs: 'jsx',
  cjs: 'jsx',
  jsx: 'jsx',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
  py: 'python',
  pyi: 'python',
  go: 'go',
  rs: 'rust',
  java: 'java',
  c: 'c',
  h: 'cpp', // the C++ grammar reads C headers, the C grammar no C++ headers
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hpp: 'cpp',
  hh: 'cpp',
  hxx: 'cpp',
};

const byName: Readonly<Record<string, SourceLanguage>> = {
  ...byExtension,
  javascript: 'jsx',
  javascriptreact: 'jsx',
  typescript: 'typescript',
  typescriptreact: 'tsx',
  python: 'python',
  python3: 'python',
  golang: 'go',
  rust: 'rust',
  'c++': 'cpp',
  text: 'text',
};

/** Language of a path by its extension; `text` for everything without a grammar. */
export function sourceLanguageOfPath(path: string): SourceLanguage {
  const dot = path.lastIndexOf('.');
  return (dot < 0 ? undefined : entryOf(byExtension, path.slice(dot + 1))) ?? 'text';
}

/** Language of a name as people and editors write it (`py`, `golang`, `typescriptreact`, `C++`); `undefined` when unknown. */
export function sourceLanguageOfName(name: string): SourceLanguage | undefined {
  return entryOf(byName, name);
}

/** Own entries only: a file may be called `a.constructor`. */
function entryOf(table: Readonly<Record<string, SourceLanguage>>, word: string): SourceLanguage | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
