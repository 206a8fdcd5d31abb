import type ts from 'typescript';
import type { TypeSource } from './type-source.ts';

/** What the gate needs to be true, and without what the project forbids although it has a meaning. */
const settings: ts.CompilerOptions = {
  noEmit: true,
  strictNullChecks: true,
  exactOptionalPropertyTypes: false,
  skipLibCheck: true,
  composite: false,
  incremental: false,
  declaration: false,
  isolatedDeclarations: false,
  noUnusedLocals: false,
  noUnusedParameters: false,
  erasableSyntaxOnly: false,
};

/** A program of the file, of what it imports, and of texts by absolute path that need not be on disk. */
export function openProgram(
  { typescript, options, path, text }: TypeSource,
  others: ReadonlyMap<string, string> = new Map(),
  old?: ts.Program,
): ts.Program {
  const all = { ...options, ...settings };
  const texts = new Map([...others, [path, text]]);
  const host = typescript.createCompilerHost(all, true);
  const disk = { ...host };
  host.fileExists = (name) => texts.has(name) || disk.fileExists(name);
  host.readFile = (name) => texts.get(name) ?? disk.readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const known = old?.getSourceFile(name);
    if (known !== undefined) return known;
    const given = texts.get(name);
    if (given === undefined) return disk.getSourceFile(name, version, ...rest);
    return typescript.createSourceFile(name, given, version, true);
  };
  return typescript.createProgram({ rootNames: [...texts.keys()], options: all, host });
}
