import type { JsonDocument, JsonPath } from '../schema/json-document.ts';
import { isObject, own } from '../schema/json-value.ts';
import type { JsonObject } from '../schema/json-value.ts';
import type { SchemaDocument } from '../schema/read-schema.ts';

const schemasPath = ['components', 'schemas'] as const;

/** Whether a document says of itself that it is OpenAPI 3. */
export function isOpenApi(value: unknown): value is JsonObject {
  return isObject(value) && typeof own(value, 'openapi') === 'string' && /^3\.[01]\./.test(String(value['openapi']));
}

/**
 * `components.schemas` as one JSON Schema with all of them in `$defs`, for their types: what says nothing about types (patterns,
 * formats, ranges, `x-…`) is left out. Errors name the place in the OpenAPI document.
 * @throws BoosterError E_GENERATE_INPUT when there are no schemas
 */
export function openApiSchemas(document: JsonDocument): SchemaDocument {
  const { value, name } = document;
  const components = isObject(value) ? own(value, schemasPath[0]) : undefined;
  const schemas = isObject(components) ? own(components, schemasPath[1]) : undefined;
  if (!isObject(schemas) || Object.keys(schemas).length === 0) {
    throw document.problem('E_GENERATE_INPUT', [], 'has no components.schemas: there is nothing to make types of');
  }
  const isOld = isObject(value) && String(own(value, 'openapi')).startsWith('3.0');
  const names = Object.keys(schemas);
  const converted = {
    type: 'object',
    properties: Object.fromEntries(names.map((each) => [each, { $ref: `#/$defs/${pointerStep(each)}` }])),
    required: names,
    $defs: mapOf(schemas, isOld),
  };
  return {
    name,
    value: converted,
    problem: (code, path, what) => document.problem(code, originalPath(path), what),
  };
}

function originalPath(path: JsonPath): JsonPath {
  return path[0] === '$defs' ? [...schemasPath, ...path.slice(1)] : schemasPath;
}

function pointerStep(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function mapOf(schemas: JsonObject, isOld: boolean): JsonObject {
  return Object.fromEntries(Object.keys(schemas).map((key) => [key, converted(schemas[key], isOld)]));
}

/** Keywords without a meaning for types. */
const dropped = new Set([
  ...[
    'discriminator',
    'xml',
    'externalDocs',
    'example',
    'examples',
    'nullable',
    'format',
    'pattern',
    'default',
    '$schema',
  ],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
]);

/** Deeper than the document may be there is nothing. */
function converted(schema: unknown, isOld: boolean): unknown {
  if (!isObject(schema)) return schema;
  const ref = own(schema, '$ref');
  const newRef = typeof ref === 'string' ? ref.replace(/^#\/components\/schemas\//, '#/$defs/') : undefined;
  // in OpenAPI 3.0 what stands beside a $ref has no meaning
  if (newRef !== undefined && isOld) return { $ref: newRef };
  const entries = Object.keys(schema).flatMap((key): [string, unknown][] => {
    if (dropped.has(key) || key.startsWith('x-')) return [];
    return [[key, key === '$ref' ? newRef : partOf(key, schema[key], isOld)]];
  });
  const plain = Object.fromEntries(entries);
  return own(schema, 'nullable') === true ? nullable(plain) : plain;
}

function partOf(key: string, value: unknown, isOld: boolean): unknown {
  if (['properties', 'patternProperties', '$defs', 'dependentSchemas'].includes(key) && isObject(value)) {
    return mapOf(value, isOld);
  }
  if (['allOf', 'anyOf', 'oneOf', 'prefixItems'].includes(key) && Array.isArray(value)) {
    return value.map((each) => converted(each, isOld));
  }
  const holdsOne = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'];
  return holdsOne.includes(key) ? converted(value, isOld) : value;
}

function nullable(schema: JsonObject): JsonObject {
  const type = own(schema, 'type');
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const values = own(schema, 'enum');
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) ? { enum: [...new Set([...(values as unknown[]), null])] } : {}),
  };
}
