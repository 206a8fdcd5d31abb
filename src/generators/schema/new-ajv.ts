import { _, Ajv } from 'ajv';
import type { CodeKeywordDefinition, Options } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { formatDefinitions } from './formats.ts';
import type { JsonPath } from './json-document.ts';
import { isObject } from './json-value.ts';
import type { Schema } from './read-schema.ts';
import { taggedOneOf } from './tagged-one-of.ts';
import { textLength } from './text-length.ts';

export interface AjvOptions {
  /** Report every error, not only the first one. */
  readonly allErrors?: boolean;
}

/**
 * An ajv for this schema, with its formats, once the meta-schema of its draft has found nothing wrong.
 * @throws BoosterError E_GENERATE_SCHEMA with the place
 */
export function newAjv(schema: Schema, { allErrors = false }: AjvOptions = {}): Ajv | Ajv2020 {
  const { draft, root, document } = schema;
  const options: Options = {
    // Unknown keywords and formats are refused before, with their place; the other doubts of strict mode are about schemas that have a
    // clear meaning.
    strict: false,
    strictNumbers: true,
    allowUnionTypes: true,
    allErrors,
    formats: formatDefinitions,
    logger: false,
    code: { source: true, esm: true, lines: true, formats: _`formats` },
  };
  const ajv: Ajv | Ajv2020 = draft === 'draft-07' ? new Ajv(options) : new Ajv2020(options);
  if (ajv.validateSchema(root) === true) {
    makeLean(ajv, schema);
    return ajv;
  }
  const [error] = ajv.errors ?? [];
  const path = pathOf(error?.instancePath ?? '', root);
  throw document.problem('E_GENERATE_SCHEMA', path, error?.message ?? 'is no valid schema');
}

/**
 * Takes out what 2020-12 makes every function do for keywords that few schemas have. Only then: the meta-schema itself has them.
 * Halves the time of a validator of a small object.
 */
function makeLean(ajv: Ajv | Ajv2020, schema: Schema): void {
  const { byPointer } = schema;
  const schemas = [...byPointer.values()].map((each) => each.schema).filter(isObject);
  const asksWhatIsLeft = schemas.some((each) => 'unevaluatedProperties' in each || 'unevaluatedItems' in each);
  if (!asksWhatIsLeft) {
    ajv.opts.unevaluated = false;
    replaceKeyword(ajv, taggedOneOf(ajv, schema), 'allOf');
  }
  ajv.opts.dynamicRef = false; // $dynamicRef is refused when a schema is read
  replaceKeyword(ajv, textLength, 'pattern');
}

/** The order of keywords decides which error comes first. */
function replaceKeyword(ajv: Ajv | Ajv2020, definition: CodeKeywordDefinition, before: string): void {
  for (const keyword of [definition.keyword].flat()) ajv.removeKeyword(keyword);
  ajv.addKeyword({ ...definition, before });
}

/** A JSON pointer to a value of `root` as a path: steps into lists are numbers. */
function pathOf(pointer: string, root: unknown): JsonPath {
  let at = root;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
      const isIndex = Array.isArray(at);
      at = (at as Readonly<Record<string, unknown>> | undefined)?.[key];
      return isIndex ? Number(key) : key;
    });
}
