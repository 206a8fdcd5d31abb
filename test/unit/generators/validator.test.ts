import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { generateCode } from '../../../src/app/generate-code.ts';
import { knownFormats } from '../../../src/generators/schema/keywords.ts';
import { lintErrors, loadModule, typeErrors } from './judge-code.ts';
import type { Validate } from './judge-code.ts';

async function validator(schema: unknown, filename?: string, options = {}): Promise<string[]> {
  const { files } = await generateCode({
    generator: 'validator',
    name: 'User',
    input: JSON.stringify(schema),
    options,
    ...(filename === undefined ? {} : { filename }),
  });
  return files.map(({ contents }) => contents);
}

async function load(text: string): Promise<Validate> {
  return (await loadModule(text))['validateUser']!;
}

const user = {
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 1, format: 'int32' },
    name: { type: 'string', minLength: 1, maxLength: 4 },
    born: { type: 'string', format: 'date' },
    mail: { type: 'string', format: 'email' },
    friends: { type: 'array', uniqueItems: true, items: { $ref: '#' } },
    role: { enum: ['admin', { of: ['a'] }] },
    tags: { type: 'object', propertyNames: { pattern: '^[a-z/]+$' }, additionalProperties: { type: 'string' } },
    pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
    one: { oneOf: [{ type: 'string' }, { const: 'x' }, { type: 'number' }] },
  },
};

const use = `
import { validateUser } from './user.validator.ts';
export function nameOf(value: unknown): string {
  if (validateUser(value)) return value.name;
  return (validateUser.errors ?? []).map(({ instancePath, message }) => instancePath + (message ?? '')).join();
}`;

describe('a compiled validator', () => {
  it('passes strict, lints clean, and guards the type', async () => {
    const [text = ''] = await validator(user);
    expect(typeErrors({ 'user.validator.ts': text, 'use.ts': use })).toEqual([]);
    expect(await lintErrors('user.validator.ts', text)).toEqual([]);
  });

  it('imports nothing', async () => {
    const [text = ''] = await validator(user);
    expect(text).not.toMatch(/\bimport\b|\brequire\(/);
  });

  it('says what is wrong, and where', async () => {
    const validateUser = await load((await validator(user))[0]!);
    expect(validateUser({ id: 1, name: '😀😀😀😀' })).toBe(true);
    expect(validateUser.errors).toBeNull();
    expect(validateUser({ id: 1, name: 'x', friends: [{ id: 0, name: 'y' }] })).toBe(false);
    expect(validateUser.errors).toMatchObject([{ instancePath: '/friends/0/id', keyword: 'minimum' }]);
  });

  it('reports all errors when told so', async () => {
    const validateUser = await load((await validator(user, undefined, { errors: 'all' }))[0]!);
    expect(validateUser({ id: 0, name: '' })).toBe(false);
    expect(validateUser.errors).toHaveLength(2);
  });

  it('is JavaScript with declarations beside it for a .js or .mjs target', async () => {
    const [script = '', declarations = ''] = await validator(user, 'lib/user.validator.mjs');
    expect((await load(script))({ id: 1, name: 'x' })).toBe(true);
    const uses = use.replace('user.validator.ts', 'user.validator.mjs');
    expect(typeErrors({ 'user.validator.d.mts': declarations, 'use.ts': uses })).toEqual([]);
    expect(await lintErrors('user.validator.mjs', script)).toEqual([]);
  });

  it('checks draft-07 by its own rules', async () => {
    const draft7 = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'array',
      items: [{ type: 'string' }],
      additionalItems: { type: 'number' },
    };
    const validateUser = await load((await validator(draft7))[0]!);
    expect([['a', 1], ['a'], [], ['a', 'b'], [1]].map((value) => validateUser(value))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

const texts: Readonly<Record<string, readonly string[]>> = {
  date: [
    '2024-02-29',
    '2023-02-29',
    '1900-02-29',
    '2000-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-1-01',
    '2024-00-10',
    '',
  ],
  time: [
    '10:00:00Z',
    '10:00:00',
    '23:59:60Z',
    '22:59:60-01:00',
    '22:58:60-01:00',
    '24:00:00Z',
    '10:00:00+24:00',
    '10:00:00.5z',
  ],
  'date-time': [
    '2024-02-29T10:00:00Z',
    '2024-02-29 10:00:00Z',
    '2024-02-29T10:00:00',
    '2024-02-29TT10:00:00Z',
    'T',
    '2024-02-30t10:00:00z',
  ],
  'iso-time': ['10:00:00', '10:00:00Z', '23:59:60', '25:00:00'],
  'iso-date-time': ['2024-02-29T10:00:00', '2024-02-29', '2024-02-29T'],
  regex: ['a', '[', 'a\\Z', '\\Z', '(?<x>a)'],
  byte: ['YQ==', 'YQ=', 'a b', '', 'YWJj\nYWJj'],
  uri: [
    'http://a.b/c?d#e',
    'a:b',
    'a',
    '/x',
    'urn:x:y',
    'http://[::1]/',
    'http://a b',
    'x:',
    'x:?q',
    'a:#f',
    'mailto:a@b.c',
    'HTTP://X',
    '//a/b',
  ],
  'uri-reference': ['/x', 'http://a', 'a b', '#x', ''],
  email: ['a@b.c', 'a@b', '@b.c'],
  hostname: ['a.b', '-a', 'a..b'],
  ipv4: ['1.2.3.4', '1.2.3.256'],
  ipv6: ['::1', '1::2::3'],
  uuid: ['123e4567-e89b-12d3-a456-426614174000', 'x'],
  duration: ['P1D', 'P', 'PT1H'],
  'json-pointer': ['/a~0', '/a~2', ''],
  password: ['x'],
};

describe('formats', () => {
  it('pass strict, all of them together', async () => {
    const anyOf = [...knownFormats.map((format) => ({ type: ['string', 'number'], format }))];
    expect(typeErrors({ 'a.ts': (await validator({ anyOf }))[0]! })).toEqual([]);
  });

  it.each(Object.keys(texts))('%s means what it means in ajv-formats', async (format) => {
    const schema = { type: 'string', format };
    const check = new Ajv2020({ formats: fullFormats }).compile(schema);
    const validateUser = await load((await validator(schema))[0]!);
    const verdicts = (is: (value: unknown) => unknown) => texts[format]!.map((value) => [value, is(value)]);
    expect(verdicts(validateUser)).toEqual(verdicts(check));
  });

  it.each(['int32', 'int64', 'float', 'double'])('%s means what it means in ajv-formats', async (format) => {
    const schema = { type: 'number', format };
    const check = new Ajv2020({ formats: fullFormats }).compile(schema);
    const validateUser = await load((await validator(schema))[0]!);
    const values = [0, -1, 1.5, 2147483647, 2147483648, -2147483648, -2147483649, 1e300];
    expect(values.map((value) => validateUser(value))).toEqual(values.map((value) => check(value)));
  });
});

describe('times that are nearly right', () => {
  const zones = ['', 'Z', 'z', '+01:00', '-0130', '+23', '-24:00', '+01:', 'Zz', '+1:00'];
  const number = fc.integer({ min: 0, max: 62 }).map((each) => String(each).padStart(2, '0'));
  const time = fc
    .tuple(number, number, number, fc.constantFrom('', '.5', '.', '.59999999999999999999'), fc.constantFrom(...zones))
    .map(([hour, minute, second, part, zone]) => `${hour}:${minute}:${second}${part}${zone}`);
  const dateTime = fc
    .tuple(number, number, fc.constantFrom('T', 't', ' ', '\u2003', '_', 'TT', ''), time)
    .map(([month, day, separator, rest]) => `2024-${month}-${day}${separator}${rest}`);
  const damaged = (text: fc.Arbitrary<string>) =>
    fc.tuple(text, fc.nat(26), fc.constantFrom('', 'x', '0', '😀', '\n', '-')).map(([good, at, insert]) => {
      return insert === '' ? good : good.slice(0, at) + insert + good.slice(at);
    });

  it.each(['time', 'date-time', 'iso-time', 'iso-date-time'])('%s judges as ajv-formats does', async (format) => {
    const schema = { type: 'string', format };
    const check = new Ajv2020({ formats: fullFormats }).compile(schema);
    const validateUser = await load((await validator(schema))[0]!);
    fc.assert(
      fc.property(damaged(format.endsWith('date-time') ? dateTime : time), (text) => {
        expect([text, validateUser(text)]).toEqual([text, check(text)]);
      }),
      { numRuns: 3000, seed: 5, examples: [['23:59:60Z'], ['2024-02-29T23:59:60Z'], ['00:59:60+01:00']] },
    );
  });
});

describe('lengths of texts', () => {
  const schemas = [0, 1, 2, 3, 4, 5].flatMap((limit) => [{ minLength: limit }, { maxLength: limit }]);
  const values = ['', 'a', '😀', 'a😀', '😀😀', '😀a😀', '\ud83d', '\ude00\ud83d', 'aaaa', '😀😀😀😀', 'aaaaa', 7];

  it.each(schemas)('%o is counted and reported as by ajv', async (schema) => {
    const check = new Ajv2020({ strict: false }).compile({ type: ['string', 'number'], ...schema, pattern: '^' });
    const validateUser = await load((await validator({ type: ['string', 'number'], ...schema, pattern: '^' }))[0]!);
    for (const value of values) {
      expect([value, validateUser(value), validateUser.errors]).toEqual([value, check(value), check.errors]);
    }
  });
});

describe('what is left over', () => {
  it.each([
    { properties: { a: true }, unevaluatedProperties: false },
    { $ref: '#/$defs/one', unevaluatedProperties: false, $defs: { one: { properties: { a: true } } } },
    { anyOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: true } }], unevaluatedProperties: false },
    { anyOf: [{ required: ['a'] }, { required: ['b'] }], properties: { c: { type: 'number' } } },
  ])('%o is checked as by ajv', async (schema) => {
    const check = new Ajv2020({ strict: false }).compile(schema);
    const validateUser = await load((await validator(schema))[0]!);
    for (const value of [{}, { a: 1 }, { a: 'x' }, { b: 1 }, { a: 'x', b: 1 }, { c: 1 }, { a: 1, c: 'x' }]) {
      expect([value, validateUser(value), validateUser.errors]).toEqual([value, check(value), check.errors]);
    }
  });
});
