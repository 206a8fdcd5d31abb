import { createFormatter } from 'ts-json-schema-generator/dist/factory/formatter.js';
import { createParser } from 'ts-json-schema-generator/dist/factory/parser.js';
import { DEFAULT_CONFIG } from 'ts-json-schema-generator/dist/src/Config.js';
import { SchemaGenerator } from 'ts-json-schema-generator/dist/src/SchemaGenerator.js';
import type ts from 'typescript';
import { isBoosterError } from '../../shared/errors.ts';
import { problemAt } from './type-source.ts';
import type { TypeSource } from './type-source.ts';

/** The JSON Schema that the library makes of a declaration. @throws BoosterError E_GENERATE_INPUT with the place */
export function describeType(source: TypeSource, program: ts.Program, declaration: ts.Declaration): unknown {
  const config = {
    ...DEFAULT_CONFIG,
    ...({ expose: 'export', jsDoc: 'extended', functions: 'fail' } as const),
    ...{ topRef: false, additionalProperties: true, strictTuples: true },
  };
  try {
    const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
    return withShortNames(generator.createSchemaFromNodes([declaration]));
  } catch (error) {
    if (isBoosterError(error) || !(error instanceof Error)) throw error;
    const { diagnostic } = error as { diagnostic?: ts.Diagnostic };
    const place = diagnostic?.file === undefined ? declaration : undefined;
    const file = diagnostic?.file ?? declaration.getSourceFile();
    throw problemAt(source, file, place?.getStart() ?? diagnostic?.start, `has no JSON Schema: ${error.message}`);
  }
}

/** Names that are made of paths and offsets in files become numbers: they depend on the working directory. */
function withShortNames(schema: object): unknown {
  const { definitions = {} } = schema as { definitions?: Record<string, unknown> };
  const made = Object.keys(definitions).filter((name) => /-\d+-\d+/.test(name));
  if (made.length === 0) return schema;
  const names = new Map(made.map((name, index) => [name, `part${String(index + 1)}`]));
  const refs = new Map(
    [...names].map(([name, short]) => [`#/definitions/${encodeURIComponent(name)}`, `#/definitions/${short}`]),
  );
  const text = JSON.stringify(
    { ...schema, definitions: undefined, parts: Object.entries(definitions) },
    (key, value: unknown) => (key === '$ref' && typeof value === 'string' ? (refs.get(value) ?? value) : value),
  );
  const { parts, ...rest } = JSON.parse(text) as { parts: [string, unknown][] };
  return { ...rest, definitions: Object.fromEntries(parts.map(([name, part]) => [names.get(name) ?? name, part])) };
}
