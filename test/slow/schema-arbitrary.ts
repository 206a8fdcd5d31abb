import fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

const key = fc.constantFrom('a', 'b', 'c-d', '__proto__', 'constructor', 'é', "it's", '0');
const small = fc.integer({ min: 0, max: 3 });
const number = fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3, 1e21);
const text = fc.constantFrom('', 'a', 'ab', '😀', "q'uote", 'back\\slash', '2024-02-29', 'line\nend', '${x}', '*/');
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

/** `{ a: 1 }` without the keys whose value is undefined. */
function partial(shape: Record<string, fc.Arbitrary<unknown>>, fixed: object): fc.Arbitrary<object> {
  return fc.record(shape, { requiredKeys: [] }).map((rest) => ({ ...fixed, ...rest }));
}

/** No literal with `__proto__`: it must be a key like any other. */
function dictionary(values: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc
    .uniqueArray(fc.tuple(key, values), { selector: ([name]) => name, maxLength: 3 })
    .map((entries) => Object.fromEntries(entries));
}

const { any } = fc.letrec<{ any: object; leaf: object; list: object; object: object; mix: object }>((tie) => ({
  leaf: fc.oneof(
    partial(
      {
        minLength: small,
        maxLength: fc.integer({ min: 1, max: 4 }),
        pattern: fc.constantFrom('^a', '/', '\\\\', '"', '^[^\\n]*$'),
      },
      { type: 'string' },
    ),
    partial({ format: fc.constantFrom('date', 'email', 'ipv4', 'regex') }, { type: 'string' }),
    partial({ minimum: number, exclusiveMaximum: number, multipleOf: fc.constantFrom(0.5, 2) }, { type: 'number' }),
    partial({ maximum: number }, { type: 'integer' }),
    fc.constantFrom(
      { type: 'boolean' },
      { type: 'null' },
      { type: ['string', 'null'] },
      { type: ['integer', 'boolean'] },
      {},
    ),
    fc.record({ const: fc.oneof(scalar, fc.constantFrom([1, 'a'], { a: 1 }, {}, [])) }),
    fc
      .uniqueArray(scalar, { minLength: 1, maxLength: 4, comparator: 'SameValueZero' })
      .map((values) => ({ enum: values })),
    fc.constant({ $ref: '#/$defs/one' }),
  ),
  list: fc.oneof(
    partial(
      { items: tie('any'), minItems: small, maxItems: small, uniqueItems: fc.boolean(), contains: tie('leaf') },
      { type: 'array' },
    ),
    partial(
      {
        prefixItems: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
        items: fc.oneof(fc.constant(false), tie('leaf')),
        minItems: small,
      },
      { type: 'array' },
    ),
  ),
  object: partial(
    {
      properties: dictionary(tie('any')),
      // keys that every object inherits count as present in ajv
      required: fc.uniqueArray(fc.constantFrom('a', 'b', 'c-d', 'é', '0'), { maxLength: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), tie('leaf')),
      patternProperties: fc.record({ '^a': tie('leaf') }),
      minProperties: small,
      dependentRequired: fc.constant({ a: ['b'] }),
    },
    { type: 'object' },
  ),
  mix: fc.oneof(
    fc.record({ anyOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie('any'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('leaf') }),
    fc.record({ if: tie('leaf'), then: tie('any'), else: tie('any') }),
    fc.record({ type: fc.constant(['object', 'array']), properties: dictionary(tie('leaf')), items: tie('leaf') }),
  ),
  any: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), tie('list'), tie('object'), tie('mix')),
}));

/** Schemas of 2020-12 of all kinds, with a definition that refers to itself in its parts. */
export const schemaArbitrary: fc.Arbitrary<object> = fc
  .tuple(
    any,
    fc.constantFrom(
      { type: 'string' },
      { type: 'array', items: { $ref: '#/$defs/one' } },
      { type: 'object', properties: { a: { $ref: '#' } } },
    ),
  )
  .map(([schema, one]) => ({ ...schema, $defs: { one } }));

type Roll = () => number;

function pick<Item>(items: readonly Item[], roll: Roll): Item {
  return items[Math.floor(roll() * items.length)] as Item;
}

/** A value that fits the schema more often than not. */
export function sampleOf(schema: unknown, root: object, roll: Roll, depth = 0): unknown {
  if (typeof schema !== 'object' || schema === null || depth > 6) return pick([1, 'a', null], roll);
  const each = schema as Json;
  const inner = (next: unknown): unknown => sampleOf(next, root, roll, depth + 1);
  if (each['$ref'] === '#') return inner(root);
  if (each['$ref'] !== undefined) return inner(((root as Json)['$defs'] as Json)['one']);
  if ('const' in each) return each['const'];
  if (each['enum'] !== undefined) return pick(each['enum'] as unknown[], roll);
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    if (each[keyword] !== undefined) return inner(pick(each[keyword] as unknown[], roll));
  }
  if (each['then'] !== undefined) return inner(pick([each['if'], each['then'], each['else']], roll));
  const type = Array.isArray(each['type']) ? pick(each['type'] as string[], roll) : each['type'];
  if (type === 'object') return objectOf(each, inner, roll);
  if (type === 'array') return listOf(each, inner, roll);
  if (type === 'string')
    return pick(
      ['', 'a', 'ab', '/', 'a\\', '"', '😀', 'a😀', '2024-02-29', '2023-02-29', 'x@y.zz', '1.2.3.4', '['],
      roll,
    );
  if (type === 'boolean') return roll() < 0.5;
  if (type === 'null') return null;
  if (type === 'integer') return pick([-2, 0, 1, 2, 4, 1e21], roll);
  if (type === 'number') return pick([-2, -0.5, 0, 0.5, 1, 2, 2.25, 1e21], roll);
  return pick<unknown>([1, 'a', null, true, [], {}, [1], { a: 1 }], roll);
}

function objectOf(schema: Json, inner: (next: unknown) => unknown, roll: Roll): object {
  const properties = (schema['properties'] ?? {}) as Json;
  const required = (schema['required'] ?? []) as string[];
  const names = [...Object.keys(properties).filter((name) => required.includes(name) || roll() < 0.6), ...required];
  if (roll() < 0.3) names.push('other');
  if (roll() < 0.3) names.push('b');
  const entries = [...new Set(names)].map((name) => [
    name,
    inner(Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties']),
  ]);
  return Object.fromEntries(entries) as object;
}

function listOf(schema: Json, inner: (next: unknown) => unknown, roll: Roll): unknown[] {
  const head = ((schema['prefixItems'] ?? []) as unknown[]).map(inner);
  const least = (schema['minItems'] ?? 0) as number;
  const rest = Array.from({ length: Math.max(0, least - head.length) + Math.floor(roll() * 2) }, () =>
    inner(schema['items'] ?? schema['contains']),
  );
  return schema['items'] === false ? head : [...head, ...rest];
}

/** The value with one thing changed somewhere in it. */
export function mutated(value: unknown, roll: Roll): unknown {
  const others: unknown[] = [null, 1, -7.5, 'zzzzz', true, [], {}, ['x', 'x'], { b: 'x' }];
  if (typeof value !== 'object' || value === null || roll() < 0.2) return pick(others, roll);
  if (Array.isArray(value)) {
    if (value.length === 0 || roll() < 0.4) return [...value, pick(others, roll)];
    const at = Math.floor(roll() * value.length);
    return value.map((each: unknown, index) => (index === at ? mutated(each, roll) : each));
  }
  const entries = Object.entries(value);
  if (entries.length === 0 || roll() < 0.3) return Object.fromEntries([...entries, ['c', pick(others, roll)]]);
  const at = Math.floor(roll() * entries.length);
  if (roll() < 0.4) return Object.fromEntries(entries.filter((_, index) => index !== at));
  return Object.fromEntries(entries.map(([name, each], index) => [name, index === at ? mutated(each, roll) : each]));
}
