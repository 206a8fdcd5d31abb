import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';

async function refusal(input: string, name = 'User', generator = 'validator'): Promise<string> {
  return generateCode({ generator, name, input, inputName: 'u.json' }).then(
    () => 'generated',
    (error: unknown) => `${(error as { code: string }).code} ${(error as Error).message}`,
  );
}

const defs = (defs: object): string => JSON.stringify({ $ref: '#/$defs/a', $defs: defs });

const table: readonly (readonly [what: string, input: string, expected: string])[] = [
  ['nothing', '', 'E_GENERATE_INPUT u.json:1:1: is empty'],
  ['broken JSON', '{\n  "type": \n}', 'E_GENERATE_INPUT u.json:3:1: no JSON: value expected'],
  ['a comma too much', '{ "a": 1, }', 'E_GENERATE_INPUT u.json:1:11: no JSON: property name expected'],
  ['a comment', '{ } // x', 'E_GENERATE_INPUT u.json:1:5: no JSON: invalid comment token'],
  [
    'a key twice',
    '{ "type": "string",\n "type": "number" }',
    'E_GENERATE_INPUT u.json:2:2: the key "type" stands twice',
  ],
  ['a text that is no schema', '"x"', 'E_GENERATE_SCHEMA u.json:1:1: a JSON Schema is an object, or true or false'],
  [
    'an unknown keyword',
    '{ "properties": {\n  "a": { "minLenght": 3 } } }',
    'E_GENERATE_SCHEMA u.json:2:10: #/properties/a/minLenght: unknown keyword "minLenght" (did you mean minLength or maxLength?)',
  ],
  [
    'an unknown type',
    '{ "properties": { "a/b": { "type": "text" } } }',
    'E_GENERATE_SCHEMA u.json:1:28: #/properties/a~1b/type: must be equal to one of the allowed values',
  ],
  ['a keyword of a wrong type', '{ "minimum": "1" }', 'E_GENERATE_SCHEMA u.json:1:3: #/minimum: must be number'],
  [
    'an unknown format',
    '{ "type": "string", "format": "e-mail" }',
    'E_GENERATE_SCHEMA u.json:1:21: #/format: unknown format "e-mail" (did you mean email?)',
  ],
  [
    'a pattern that is no regular expression',
    '{ "type": "string", "pattern": "(" }',
    'E_GENERATE_SCHEMA u.json:1:21: #/pattern: "(" is no regular expression with the flag u',
  ],
  [
    'a reference in a circle',
    defs({ a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { $ref: '#/$defs/a' } }),
    'E_GENERATE_SCHEMA u.json:1:30: #/$defs/a: refers to itself in a circle: #/$defs/a → #/$defs/a/anyOf/0 → #/$defs/b → #/$defs/a',
  ],
  [
    'a reference to another document',
    defs({ a: { $ref: 'https://example.com/a.json' } }),
    'E_GENERATE_SCHEMA u.json:1:35: #/$defs/a/$ref: "https://example.com/a.json" leads to another document: put what it means into $defs, as nothing is loaded',
  ],
  [
    'a reference to a file',
    defs({ a: { $ref: '../a.json#/x' } }),
    'E_GENERATE_SCHEMA u.json:1:35: #/$defs/a/$ref: "../a.json#/x" leads to another document: put what it means into $defs, as nothing is loaded',
  ],
  [
    'a reference to nothing',
    '{ "$ref": "#/$defs/usr", "$defs": { "user": {} } }',
    'E_GENERATE_SCHEMA u.json:1:3: #/$ref: no schema is at "#/$defs/usr" (did you mean #/$defs/user?)',
  ],
  [
    'a list of items without the draft that has it',
    '{ "type": "array", "items": [{}] }',
    'E_GENERATE_SCHEMA u.json:1:20: #/items: a list of items is draft-07: write prefixItems, or say so with $schema',
  ],
  [
    'an unknown draft',
    '{ "$schema": "http://json-schema.org/draft-04/schema#" }',
    'E_GENERATE_SCHEMA u.json:1:3: #/$schema: unknown draft "http://json-schema.org/draft-04/schema#"; known are http://json-schema.org/draft-07/schema# and https://json-schema.org/draft/2020-12/schema',
  ],
  ['a document without end', '['.repeat(100_000), 'E_GENERATE_INPUT u.json: nested more than 200 levels deep'],
];

describe('a schema that cannot be used', () => {
  it.each(table)('is refused with its place: %s', async (_, input, expected) => {
    expect(await refusal(input)).toBe(expected);
  });

  it('is refused by types as by validator', async () => {
    expect(
      await refusal(
        '{ "type": "objekt", "properties": {} , "$schema": "https://json-schema.org/draft/2020-12/schema" }',
        'A',
        'types',
      ),
    ).toMatch(/^E_GENERATE_SCHEMA u\.json:1:3: #\/type: must be equal/);
  });

  it('does not overflow the stack in a chain of ten thousand references', async () => {
    const chain = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`d${String(index)}`, { $ref: `#/$defs/d${String(index + 1)}` }]),
    );
    const input = JSON.stringify({ $ref: '#/$defs/d0', $defs: { ...chain, d10000: { $ref: '#/$defs/d0' } } });
    expect(await refusal(input)).toMatch(/^E_GENERATE_SCHEMA .* refers to itself in a circle/);
  });
});

describe('a name', () => {
  it.each([
    ['list users', 'E_GENERATE_NAME "list users" is no identifier (ListUsers would be one)'],
    ['class', 'E_GENERATE_NAME "class" is a reserved word (Class would be one)'],
    ['1', 'E_GENERATE_NAME "1" is no identifier'],
    ['a;alert(1)', 'E_GENERATE_NAME "a;alert(1)" is no identifier (AAlert1 would be one)'],
    ['', 'E_GENERATE_NAME "" is no identifier'],
  ])('that is no identifier is refused: %s', async (name, expected) => {
    expect(await refusal('{}', name)).toBe(expected);
  });
});

describe('an option', () => {
  const generate = (options: Record<string, string>, generator = 'types') =>
    generateCode({ generator, name: 'A', input: '{}', options });

  it('that the generator does not have is refused', async () => {
    await expect(generate({ knd: 'sample' })).rejects.toMatchObject({
      code: 'E_GENERATE_OPTION',
      message: 'types has no option "knd"; did you mean kind?',
    });
  });

  it('with a value that is not known is refused', async () => {
    await expect(generate({ kind: 'scheme' })).rejects.toMatchObject({
      code: 'E_GENERATE_OPTION',
      message: 'types: kind="scheme" is not known; did you mean schema?',
    });
  });

  it('that must be given is asked for', async () => {
    await expect(generateCode({ generator: 'collection' })).rejects.toMatchObject({
      code: 'E_GENERATE_OPTION',
      message: 'collection needs --set kind=… (which one: one of ring-buffer, heap, prefix-index, lru, buffer-pool)',
    });
  });

  it('does not make an unknown generator known', async () => {
    await expect(generate({}, 'validtor')).rejects.toMatchObject({
      code: 'E_GENERATE_UNKNOWN',
      message: 'unknown generator "validtor"; did you mean validator?',
    });
  });
});

it('says why a generator was picked that lacks something', async () => {
  await expect(generateCode({ description: 'a queue for Jobs' })).rejects.toMatchObject({
    code: 'E_GENERATE_OPTION',
    message: expect.stringMatching(
      /^collection needs --set kind=.*; collection was picked for the words queue, and the name Jobs is from/,
    ) as string,
  });
});
