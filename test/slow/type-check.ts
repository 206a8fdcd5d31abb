import ts from 'typescript';

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  module: ts.ModuleKind.ES2022,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  strict: true,
  noEmit: true,
};
const host = ts.createCompilerHost(options);
const libraries = new Map<string, ts.SourceFile | undefined>();
let earlier: ts.Program | undefined;

/** Whether a program has no type error: only then its annotations are true, as far as it is up to the program itself. */
export function hasTrueTypes(source: string): boolean {
  const name = '/subject.ts';
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.ES2023, true);
  const program = ts.createProgram({
    rootNames: [name],
    options,
    ...(earlier !== undefined && { oldProgram: earlier }),
    host: {
      ...host,
      fileExists: (path) => path === name || host.fileExists(path),
      readFile: (path) => (path === name ? source : host.readFile(path)),
      getSourceFile: (path, languageVersion) => {
        if (path === name) return file;
        if (!libraries.has(path)) libraries.set(path, host.getSourceFile(path, languageVersion));
        return libraries.get(path);
      },
    },
  });
  earlier = program;
  return program.getSyntacticDiagnostics(file).length === 0 && program.getSemanticDiagnostics(file).length === 0;
}
