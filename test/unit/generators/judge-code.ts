import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import eslint from '@eslint/js';
import { transform } from 'esbuild';
import { ESLint } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

const root = process.cwd();

const strict: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitReturns: true,
  noImplicitOverride: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  moduleDetection: ts.ModuleDetectionKind.Force,
  allowImportingTsExtensions: true,
  isolatedModules: true,
  types: [],
  noEmit: true,
  skipLibCheck: true,
};

/** The library files are parsed once for all tests of a file. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** What TypeScript says against these files under `strict`; they see the packages of this project. */
export function typeErrors(files: Readonly<Record<string, string>>, types: readonly string[] = []): string[] {
  const texts = new Map(Object.entries(files).map(([name, text]) => [join(root, 'test/unit/generators', name), text]));
  const host = ts.createCompilerHost(strict);
  const { readFile, fileExists, getSourceFile } = host;
  host.directoryExists = ts.sys.directoryExists;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.getSourceFile = (path, options, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, options, true);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, options, ...rest));
    return parsed.get(path);
  };
  const program = ts.createProgram([...texts.keys()], { ...strict, types: [...types] }, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const { file, start = 0 } = diagnostic;
    const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
    const name = file === undefined ? '' : file.fileName.split('/').at(-1)!;
    return `${name}:${String(line)}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  });
}

const linter = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [eslint.configs.recommended, ...tseslint.configs.strict, ...tseslint.configs.stylistic] as never,
});

/** What ESLint says against a file with the recommended, strict and stylistic rules that need no types. */
export async function lintErrors(name: string, text: string): Promise<string[]> {
  const [result] = await linter.lintText(text, { filePath: join(root, 'test/unit/generators', name) });
  return result!.messages.map(({ ruleId, line, message }) => `${String(line)}: ${String(ruleId)}: ${message}`);
}

/** A generated validator, as tests call it. */
export interface Validate {
  (value: unknown): boolean;
  errors?: readonly Record<string, unknown>[] | null;
}

type GeneratedModule = Readonly<Record<string, Validate>>;

/** Loads generated TypeScript or JavaScript as a module of its own. */
export async function loadModule(text: string): Promise<GeneratedModule> {
  const { code } = await transform(text, { loader: 'ts', format: 'esm' });
  // In this folder, so that packages of this project are found.
  const folder = mkdtempSync(
    join(text.includes("from '") ? join(root, 'node_modules') : tmpdir(), '.booster-generated-'),
  );
  try {
    writeFileSync(join(folder, 'module.mjs'), code);
    return (await import(pathToFileURL(join(folder, 'module.mjs')).href)) as GeneratedModule;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
