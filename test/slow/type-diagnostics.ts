import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const modules = fileURLToPath(new URL('../../node_modules/', import.meta.url));

const options: ts.CompilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  // fixtures of rules use the same names in many files
  moduleDetection: ts.ModuleDetectionKind.Force,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  jsx: ts.JsxEmit.Preserve,
  types: ['node'],
  typeRoots: [`${modules}@types`],
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
};

/**
 * What TypeScript says about files under a folder, sorted and without positions, since an edit moves what follows it.
 * `replaced` has texts by absolute path that are taken instead of those on disk: packages are checked where they are
 * installed, as their imports would not resolve anywhere else.
 */
export function typeDiagnostics(
  folder: string,
  paths: readonly string[],
  replaced: ReadonlyMap<string, string> = new Map(),
): string[] {
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.readFile = (path) => replaced.get(path) ?? readFile(path);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([...paths], options, host))
    .map(({ file, code, messageText }) => {
      const path = file === undefined ? '' : relative(folder, file.fileName);
      return `${path} TS${code} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    })
    .sort();
}

/** Diagnostics by code. */
export function countCodes(diagnostics: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const diagnostic of diagnostics) {
    const code = / (TS\d+) /.exec(diagnostic)?.[1] ?? 'none';
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
