import build from 'fast-json-stringify';
import { BoosterError } from '../../shared/errors.ts';
import { dropUnused } from './drop-unused.ts';
import type { Schema } from './read-schema.ts';
import { serializerSources } from './serializer-sources.ts';
import { writableSchema } from './writable-schema.ts';

/** The function that fast-json-stringify compiled for a schema, as code of a module that imports nothing. */
export interface CompiledSerializer {
  /** Statements: one function, with everything that it needs inside of it. */
  readonly code: string;
  /** Name of the function in `code`: `(value) => string`. */
  readonly functionName: string;
}

const functionName = 'writeJson';

/**
 * Compiles a schema by fast-json-stringify, and puts in the functions that it would import.
 *
 * @param typed the code is TypeScript that passes `strict`; the values in it are `any`
 * @throws BoosterError E_GENERATE_SCHEMA with the place
 */
export function compileSerializer(schema: Schema, typed: boolean): CompiledSerializer {
  const writable = writableSchema(schema);
  let compiled: string;
  try {
    compiled = build(writable as build.AnySchema, { mode: 'standalone' });
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw schema.document.problem('E_GENERATE_SCHEMA', [], what);
  }
  const found = /(const JSON_STR_BEGIN_OBJECT = [^]*)\n\s*return main\b/.exec(compiled);
  const [, body] = found ?? [];
  // The version is pinned; a form that is not known must not become a file that fails when it is called.
  if (body === undefined || /\bvalidator\b|\brequire\(/.test(body.replace(/"(?:[^"\\\n]|\\.)*"/g, '""'))) {
    throw new BoosterError('E_INTERNAL', 'fast-json-stringify compiled the schema into a form that is not known');
  }
  const t = (type: string): string => (typed ? `: ${type}` : '');
  const functions = Object.entries(serializerSources).flatMap(([name, write]) =>
    isUsed(name, body) ? [write(t)] : [],
  );
  const lines = tidied(typed ? withTypes(body) : body);
  const code = `const ${functionName} = (() => {\n${functions.join('')}${lines}  return main;\n})();\n`;
  return { code, functionName };
}

/** Some of the functions use others. */
function isUsed(name: string, body: string): boolean {
  const used = new RegExp(String.raw`\b${name}\(`).test(body);
  return used || (name === 'asString' && /\bas(?:DateTime|Date|Time|PlainStringArray)\(/.test(body));
}

/** Names of keys stand in string literals only, so a line that begins with `function` begins one. */
function withTypes(body: string): string {
  return body
    .replace(/^(\s*function \w+ )\((\w+)\) \{$/gm, '$1($2: any): string {')
    .replace(/^(\s*)let validate_\d+$/gm, '');
}

/** Without empty lines, and without constants that nothing uses. */
function tidied(body: string): string {
  const rows = body.split('\n').filter((row) => row.trim() !== '' && !/^\s*let validate_\d+$/.test(row));
  return dropUnused(rows.map((row) => `  ${row.trim()}\n`).join(''), /\bJSON_STR_\w+/g);
}
