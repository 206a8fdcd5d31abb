import { dirname, relative, resolve } from 'node:path';
import type ts from 'typescript';
import type { DeclaredType } from '../generators/generator.ts';
import { loadTypeScript } from './evidence/load-typescript.ts';
import { readTypeScriptConfig } from './evidence/read-typescript-config.ts';

interface TypeInput {
  /** Absolute. */
  readonly cwd: string;
  /** Relative to it, or absolute. */
  readonly path: string;
  readonly text: string;
  readonly type: string;
}

/**
 * The JSON Schema of an exported type, by the TypeScript of the project that its file belongs to.
 * @throws BoosterError E_TYPES_UNAVAILABLE; E_GENERATE_INPUT, E_GENERATE_SCHEMA with the place
 */
export async function readTypeInput({ cwd, path, text, type }: TypeInput): Promise<DeclaredType> {
  const absolute = resolve(cwd, path);
  const typescript = loadTypeScript(dirname(absolute), `${path}#${type}`);
  const { typeSchema } = await import('../generators/type-schema/index.ts');
  const source = {
    typescript,
    options: optionsOf(typescript, absolute),
    path: absolute.replaceAll('\\', '/'),
    text,
    shown: (each: string) => {
      const way = relative(cwd, each);
      return way.startsWith('..') ? each : way.replaceAll('\\', '/');
    },
  };
  const { document, narrower } = await typeSchema(source, type);
  const checked = `TypeScript ${typescript.version} has checked that each value which it accepts has the type`;
  return {
    type,
    path,
    schemaName: document.name,
    schema: document.value,
    evidence: [
      `JSON Schema of ${document.name} by ts-json-schema-generator; ${checked}`,
      ...(narrower === undefined ? [] : [`some values of the type may be refused: ${narrower}`]),
    ],
  };
}

/** Without a tsconfig.json, imports are found as a bundler finds them, which allows most. */
function optionsOf(typescript: typeof ts, path: string): ts.CompilerOptions {
  const config = typescript.findConfigFile(dirname(path), (name) => typescript.sys.fileExists(name));
  if (config !== undefined) return readTypeScriptConfig(typescript, config, {}).options;
  const { ModuleKind, ModuleResolutionKind, ScriptTarget } = typescript;
  return {
    strict: true,
    target: ScriptTarget.ESNext,
    module: ModuleKind.ESNext,
    moduleResolution: ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    types: [],
  };
}
