import standalone from 'ajv/dist/standalone/index.js';
import { BoosterError } from '../../shared/errors.ts';
import { dropUnused } from './drop-unused.ts';
import { formatSources } from './formats.ts';
import { newAjv } from './new-ajv.ts';
import type { AjvOptions } from './new-ajv.ts';
import type { Schema } from './read-schema.ts';
import { runtimeSources } from './runtime-sources.ts';

/** The function that ajv compiled for a schema, as code of a module that imports nothing. */
export interface CompiledValidator {
  /** Statements, with everything that the function needs. */
  readonly code: string;
  /** Name of the function in `code`: `(value) => boolean`, which leaves its errors at `.errors`. */
  readonly functionName: string;
}

/**
 * Compiles a schema by ajv and puts in the functions that ajv would import.
 *
 * @param typed the code is TypeScript that passes `strict`; the values in it are `any`
 * @throws BoosterError E_GENERATE_SCHEMA
 */
export function compileValidator(schema: Schema, typed: boolean, options: AjvOptions = {}): CompiledValidator {
  const ajv = newAjv(schema, options);
  let compiled: string;
  try {
    compiled = standalone.default(ajv, ajv.compile(schema.root));
  } catch (error) {
    const what = (error instanceof Error ? error.message : String(error)).replace(/^strict mode: /, '');
    throw schema.document.problem('E_GENERATE_SCHEMA', [], what);
  }
  const exported = /^export const validate = (\w+);\n/m.exec(compiled);
  const functionName = exported?.[1];
  if (exported === null || functionName === undefined) throw changedForm();
  const used = new Set<string>();
  const body = compiled
    .replace(/^"use strict";\n?/, '')
    .replace(exported[0], '')
    .replace(/^export default \w+;\n/m, '')
    .replace(
      /^const (func\d+) = require\("ajv\/dist\/runtime\/(\w+)"\)\.default;$/gm,
      (_, name: string, what: string) => {
        if (what !== 'equal') throw changedForm();
        used.add('isEqual');
        return `const ${name} = isEqual;`;
      },
    );
  if (/^const func\d+ = codePoints;$/m.test(body)) used.add('codePoints');
  if (/\brequire\(/.test(body.replace(/"(?:[^"\\]|\\.)*"/g, '""'))) throw changedForm();
  const lean = withoutContext(dropUnused(body, /\bschema\d+\b/g), functionName);
  return { functionName, code: runtimeOf(lean, used, typed) + (typed ? withTypes(lean) : lean) };
}

/** The line that a function begins with, and what follows up to the next one. */
const compiledFunction = /^function (\w+)\(data, (\{.*\}=\{\})\)\{$([^]*?)(?=^function \w+\(data, |$(?![^]))/gm;

/**
 * As ajv writes it, what surrounds a value is only handed on, and a function that the others do not know needs no context at all:
 * taking it apart is a third of the time of a small validator.
 */
function withoutContext(body: string, functionName: string): string {
  const isRead = /\bparentData(?:Property)?\b(?!:)/;
  const mentions = body.match(new RegExp(String.raw`\b${functionName}\b(?!\.errors\b)`, 'g')) ?? [];
  return body.replace(compiledFunction, (whole, name: string, context: string, code: string) => {
    if (isRead.test(code)) return whole;
    const hasRoot = /\brootData\b/.test(code);
    // the one mention is where it is declared
    if (name === functionName && mentions.length === 1) {
      const path = /\binstancePath\b/.test(code) ? '\nconst instancePath = "";' : '';
      return `function ${name}(data){${path}${hasRoot ? '\nconst rootData = data;' : ''}${code}`;
    }
    const kept = context.replace(', parentData, parentDataProperty', '').replace(hasRoot ? '' : ', rootData=data', '');
    return `function ${name}(data, ${kept}){${code}`;
  });
}

/** The version of ajv is pinned; a form that is not known must not become a file that fails when it is loaded. */
function changedForm(): BoosterError {
  return new BoosterError('E_INTERNAL', 'ajv compiled the schema into a form that is not known');
}

function runtimeOf(body: string, used: Set<string>, typed: boolean): string {
  const t = (type: string): string => (typed ? `: ${type}` : '');
  const formats: string[] = [];
  for (const [name, { code, uses }] of Object.entries(formatSources)) {
    const access = /^[a-z]\w*$/.test(name) ? `formats.${name};` : `formats["${name}"];`;
    if (!new RegExp(`^const formats\\d+ = ${escaped(access)}$`, 'm').test(body)) continue;
    for (const each of uses) used.add(each);
    formats.push(`  ${/^[a-z]\w*$/.test(name) ? name : `'${name}'`}: ${code(t)},\n`);
  }
  const functions = Object.entries(runtimeSources).flatMap(([name, write]) => (used.has(name) ? [write(t)] : []));
  const table = formats.length === 0 ? '' : `const formats = {\n${formats.join('')}};\n`;
  return functions.map((text) => `${text}\n`).join('') + table;
}

function escaped(text: string): string {
  return text.replace(/[.[\]"]/g, String.raw`\$&`);
}

/**
 * ajv writes one statement a line, and line ends in strings as escapes, so its declarations begin lines. What they hold has the
 * type `any`, as in ajv.
 */
function withTypes(body: string): string {
  const names = [...body.matchAll(/^function (\w+)\(data[,)]/gm)].map(([, name = '']) => name);
  // TypeScript takes a property of a function from an assignment at the top level only.
  const properties = names.map((name) => `${name}.errors = null as any;\n`).join('');
  const typedBody = body
    // a comparison of two literals is an error in TypeScript; multipleOf is above 0
    .replace(/^(if\(+)[\d.e+-]+ === 0 \|\| /gm, '$1')
    .replace(/^(let|var|const) (\w+)(?= =|;)/gm, '$1 $2: any')
    .replace(/^function (\w+)\(data\)\{$/gm, 'function $1(data: any): boolean {')
    .replace(/^function (\w+)\(data, (\{.*\})=\{\}\)\{$/gm, 'function $1(data: any, $2: any = {}): boolean {');
  return `${typedBody.trimEnd()}\n${properties}`;
}
