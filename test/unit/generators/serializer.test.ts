import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { compileSerializer } from '../../../src/generators/schema/compile-serializer.ts';
import { readSchema } from '../../../src/generators/schema/read-schema.ts';
import { problemIn, sampleValue } from '../../../src/generators/schema/sample-value.ts';
import { lintErrors, loadModule, typeErrors } from './judge-code.ts';

const schema = {
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 1, default: 7 },
    name: { type: 'string', minLength: 2, maxLength: 4000 },
    'a "quoted" key': { type: ['string', 'null'] },
    born: { type: 'string', format: 'date' },
    score: { type: 'number' },
    active: { type: 'boolean' },
    role: { enum: ['admin', { of: ['a'] }, null] },
    tags: { type: 'array', items: { type: 'string' } },
    friends: { type: 'array', items: { $ref: '#' } },
    limits: { type: 'object', additionalProperties: { type: 'integer' } },
    free: {},
  },
};

const readIn = (value: unknown) => readSchema({ name: 's.json', text: JSON.stringify(value) });

async function writeOf(value: unknown): Promise<(value: unknown) => string> {
  const { code, functionName } = compileSerializer(readIn(value), false);
  const loaded = await loadModule(`${code}export const write = ${functionName};\n`);
  return loaded['write'] as unknown as (value: unknown) => string;
}

const user = fc.letrec((tie) => ({
  user: fc.record(
    {
      id: fc.integer({ min: 1 }),
      name: fc.string({ unit: 'binary', minLength: 2, maxLength: 90 }),
      'a "quoted" key': fc.option(fc.string({ unit: 'grapheme' })),
      score: fc.double({ noNaN: true }),
      active: fc.boolean(),
      role: fc.constantFrom('admin', { of: ['a'] }, null),
      tags: fc.array(fc.string(), { maxLength: 200, size: 'max' }),
      friends: fc.array(tie('user'), { maxLength: 2 }),
      limits: fc.dictionary(fc.string(), fc.integer()),
      free: fc.jsonValue(),
    },
    { requiredKeys: ['id', 'name'] },
  ),
})).user;

describe('a compiled serializer', () => {
  it('writes what JSON.stringify writes, for any valid value', async () => {
    const write = await writeOf(schema);
    fc.assert(
      fc.property(user, (value) => {
        expect(JSON.parse(write(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });

  it('passes strict, imports nothing and lints clean, when it is not slower here', async () => {
    const made = await generateCode({ generator: 'serializer', name: 'User', input: JSON.stringify(schema) }).catch(
      (error: unknown) => error as { code: string; message: string },
    );
    if (!('files' in made)) {
      expect(made).toMatchObject({ code: 'E_GENERATE_SLOWER' });
      expect(made.message).toMatch(/is [\d.]+ × as fast as JSON\.stringify here/);
      return;
    }
    const text = made.files[0]!.contents;
    const use = `import { writeUser } from './user.serializer.ts';\nexport const text: string = writeUser({ id: 1, name: 'Ada' });\n`;
    expect(typeErrors({ 'user.serializer.ts': text, 'use.ts': use })).toEqual([]);
    expect(await lintErrors('user.serializer.ts', text)).toEqual([]);
    expect(text).not.toMatch(/\bimport\b|\brequire\(/);
    expect(made.evidence[1]).toMatch(/^[\d.]+ × as fast as JSON\.stringify here/);
  });

  it('is refused with its ratio where JSON.stringify wins, as for many texts that must be escaped', async () => {
    const input = JSON.stringify({ type: 'array', items: { type: 'string' } });
    const sample = JSON.stringify(Array.from({ length: 800 }, (_, index) => `"é${String(index)}${'x'.repeat(20)}`));
    await expect(
      generateCode({ generator: 'serializer', name: 'Texts', input, options: { sample } }),
    ).rejects.toMatchObject({
      code: 'E_GENERATE_SLOWER',
      message: expect.stringMatching(
        /^the compiled serializer is 0\.\d+ × as fast as JSON\.stringify here .*: use JSON\.stringify$/,
      ),
      data: { ratio: expect.any(Number) },
    });
  });

  it.each([
    [{ anyOf: [{ type: 'string' }] }, '#/anyOf: would have to be checked while a value is written'],
    [{ minLength: 2 }, '#/minLength: stands without "type", so values of any type are valid'],
    [{ type: 'array', items: { properties: {} } }, '#/items/properties: stands without "type"'],
    [{ type: 'object', properties: { toString: {} } }, '#/properties/toString: is a key that every object inherits'],
    [true, 'says nothing of how a value is written'],
  ])('is refused where its text could differ: %j', (refused, message) => {
    expect(() => compileSerializer(readIn(refused), false)).toThrow(message);
  });
});

describe('a sample', () => {
  it.each([
    schema,
    { type: 'string', minLength: 30, maxLength: 31 },
    { type: 'integer', exclusiveMinimum: 4, multipleOf: 4 },
    { type: 'number', maximum: -3 },
    { type: 'array', minItems: 2, maxItems: 2, items: { type: 'boolean' } },
    { oneOf: [{ type: 'null' }, { type: 'string' }] },
  ])('made of a schema is valid: %j', (each) => {
    const read = readIn(each);
    expect(problemIn(read, sampleValue(read))).toBeUndefined();
  });

  it('is not made up for a pattern, and what is wrong is said', () => {
    const read = readIn({ type: 'object', properties: { zip: { type: 'string', pattern: '^[0-9]{5}$' } } });
    expect(problemIn(read, sampleValue(read))).toBe('/zip must match pattern "^[0-9]{5}$"');
  });
});
