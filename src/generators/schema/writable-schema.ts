import { isObject, own } from './json-value.ts';
import type { JsonObject } from './json-value.ts';
import type { JsonPath } from './json-document.ts';
import type { Schema } from './read-schema.ts';

/** Keywords under which one schema has several forms: which of them holds would have to be checked while writing. */
const severalForms = [
  ...['anyOf', 'oneOf', 'allOf', 'if', 'then', 'else', 'not'],
  ...['prefixItems', 'additionalItems', 'contains', 'dependencies', 'dependentSchemas', 'propertyNames'],
  ...['unevaluatedProperties', 'unevaluatedItems'],
];

const annotations = new Set([
  ...['$schema', '$id', '$comment', '$defs', 'definitions', 'title', 'description', 'default', 'deprecated'],
  ...['readOnly', 'writeOnly', 'examples'],
]);

/**
 * The schema as fast-json-stringify takes it, when it tells of each place how a value is written: the text is then that of
 * `JSON.stringify` for every valid value, but for keys that the schema does not name.
 * @throws BoosterError E_GENERATE_SCHEMA with the place
 */
export function writableSchema({ root, byPointer, document }: Schema): JsonObject {
  const copy = structuredClone(root);
  if (!isObject(copy)) throw document.problem('E_GENERATE_SCHEMA', [], 'says nothing of how a value is written');
  for (const { schema, path } of byPointer.values()) {
    if (!isObject(schema)) continue;
    const refuse = (at: JsonPath, what: string): never => {
      throw document.problem('E_GENERATE_SCHEMA', [...path, ...at], `${what}; JSON.stringify is the better choice`);
    };
    const several = severalForms.find((keyword) => Object.hasOwn(schema, keyword));
    if (several !== undefined) refuse([several], 'would have to be checked while a value is written');
    if (Array.isArray(own(schema, 'items')))
      refuse(['items'], 'a list of items would have to be checked while writing');
    if (Object.hasOwn(schema, '$ref')) {
      const beside = Object.keys(schema).find((key) => key !== '$ref' && !annotations.has(key));
      if (beside !== undefined) refuse([beside], 'stands beside $ref');
    } else if (!['type', 'enum', 'const'].some((key) => Object.hasOwn(schema, key))) {
      const told = Object.keys(schema).find((key) => !annotations.has(key));
      if (told !== undefined) refuse([told], 'stands without "type", so values of any type are valid');
    }
    refuseInherited(schema, refuse);
    const target = valueAt(copy, path);
    // a default would be written for a key that is missing
    if (isObject(target)) for (const key of ['$schema', '$id', 'default']) Reflect.deleteProperty(target, key);
  }
  return copy;
}

/** A key that every object inherits is read from its prototype when the object has none. */
function refuseInherited(schema: JsonObject, refuse: (at: JsonPath, what: string) => never): void {
  const properties = own(schema, 'properties');
  const key = isObject(properties) ? Object.keys(properties).find((each) => each in Object.prototype) : undefined;
  if (key !== undefined) refuse(['properties', key], 'is a key that every object inherits');
}

function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((at, step) => (at as Readonly<Record<string | number, unknown>>)[step], value);
}
