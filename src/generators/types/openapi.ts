import type { InputDocument, JsonPath } from '../schema/json-document.ts';
import { isObject, own } from '../schema/json-value.ts';
import type { JsonObject } from '../schema/json-value.ts';
import { openApiOperations } from './openapi-operations.ts';

const schemasPath = ['components', 'schemas'] as const;

/** Whether a document says of itself that it is OpenAPI 3. */
export function isOpenApi(value: unknown): value is JsonObject {
  return isObject(value) && typeof own(value, 'openapi') === 'string' && /^3\.[01]\./.test(String(value['openapi']));
}

/** @throws BoosterError E_GENERATE_INPUT for a document of version 2, which has other keywords */
export function refuseSwagger(document: InputDocument): void {
  const { value, name } = document;
  if (!isObject(value) || typeof own(value, 'swagger') !== 'string') return;
  const file = /^[\w./@-]+$/.test(name) ? name : 'swagger.json';
  const what = `is Swagger 2: make OpenAPI 3 of it (npx swagger2openapi ${file} -o openapi.json) and give --input openapi.json`;
  throw document.problem('E_GENERATE_INPUT', ['swagger'], what);
}

interface ApiSchemas {
  readonly document: InputDocument;
  readonly evidence: readonly string[];
}

/**
 * `components.schemas` and the JSON bodies of `paths` as one JSON Schema with all of them in `$defs`, for their types: what says nothing
 * about types (patterns, formats, ranges, `x-…`) is left out. Errors name the place in the OpenAPI document.
 * @throws BoosterError E_GENERATE_INPUT when there are no schemas
 */
export function openApiSchemas(document: InputDocument): ApiSchemas {
  refuseSwagger(document);
  const { value, name } = document;
  const root = isObject(value) ? value : {};
  const components = own(root, schemasPath[0]);
  const found = isObject(components) ? own(components, schemasPath[1]) : undefined;
  const schemas = isObject(found) ? found : {};
  const { schemas: bodies, left } = openApiOperations(root);
  if (Object.keys(schemas).length + bodies.length === 0) {
    throw document.problem(
      'E_GENERATE_INPUT',
      [],
      'has no components.schemas and no JSON bodies: there is nothing to make types of',
    );
  }
  const isOld = String(own(root, 'openapi')).startsWith('3.0');
  const places = new Map<string, JsonPath>(Object.keys(schemas).map((key) => [key, [...schemasPath, key]]));
  const definitions: Record<string, unknown> = { ...mapOf(schemas, isOld) };
  for (const { name: wanted, schema, path } of bodies) {
    const key = freeName(wanted, places);
    places.set(key, path);
    definitions[key] = converted(schema, isOld);
  }
  const names = [...places.keys()];
  const whole = {
    type: 'object',
    properties: Object.fromEntries(names.map((each) => [each, { $ref: `#/$defs/${pointerStep(each)}` }])),
    required: names,
    $defs: definitions,
  };
  return {
    document: {
      name,
      value: whole,
      problem: (code, path, what) => document.problem(code, originalPath(path, places), what),
    },
    evidence: evidenceOf(bodies.length, left),
  };
}

function evidenceOf(bodies: number, left: readonly string[]): string[] {
  const said = `types of components.schemas and of ${String(bodies)} JSON ${bodies === 1 ? 'body' : 'bodies'} in paths; parameters and headers have none`;
  if (left.length === 0) return [said];
  const more = left.length > 3 ? `, and ${String(left.length - 3)} more` : '';
  return [said, `no types: ${left.slice(0, 3).join('; ')}${more}`];
}

function freeName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted}${String(count)}`;
  return name;
}

function originalPath(path: JsonPath, places: ReadonlyMap<string, JsonPath>): JsonPath {
  const place = path[0] === '$defs' ? places.get(String(path[1])) : undefined;
  return place === undefined ? schemasPath : [...place, ...path.slice(2)];
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
