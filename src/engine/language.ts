/** The languages whose code booster rewrites. */
export type Language = 'javascript' | 'jsx' | 'typescript' | 'tsx' | 'dts';

const byExtension: Readonly<Record<string, Language>> = {
  js: 'jsx', // plain .js files with JSX are common, and the JSX grammar accepts all of JavaScript
  mjs: 'jsx',
  cjs: 'jsx',
  jsx: 'jsx',
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'tsx',
};

/** Extensions (without the dot) that booster reads. */
export const supportedExtensions: readonly string[] = Object.keys(byExtension);

/** Language of a path by its extension; `undefined` when booster does not read such files. Declaration files are `dts`. */
export function languageOfPath(path: string): Language | undefined {
  if (/\.d\.[cm]?ts$/.test(path)) return 'dts';
  const dot = path.lastIndexOf('.');
  return dot < 0 ? undefined : byExtension[path.slice(dot + 1).toLowerCase()];
}
