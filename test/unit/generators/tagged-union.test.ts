import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { loadModule, typeErrors } from './judge-code.ts';

const form = (kind: unknown, properties: object, more: object = {}) => ({
  type: 'object',
  required: ['kind', ...Object.keys(properties)],
  properties: { kind: kind as object, ...properties },
  ...more,
});
const a = form({ const: 'a' }, { x: { type: 'number' } }, { additionalProperties: false });
const b = form({ enum: ['b'] }, { x: { type: 'string' } });
const unions: Record<string, object> = {
  tagged: { oneOf: [a, b, form({ const: 'c' }, {})] },
  'by reference': { $defs: { a, b }, oneOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] },
  nested: { type: 'object', properties: { x: { oneOf: [a, b] } }, oneOf: [a, b] },
  recursive: { oneOf: [a, form({ const: 'b' }, { x: { $ref: '#' } })] },
  'with a form twice': { oneOf: [a, b, b] },
  'with a form that needs no tag': { oneOf: [a, { ...b, required: ['x'] }] },
  'with a form of any type': { oneOf: [a, { ...b, type: undefined }] },
  'with a form beside a reference': { $defs: { b }, oneOf: [a, { $ref: '#/$defs/b', required: ['y'] }] },
  'of several texts': { oneOf: [a, form({ enum: ['b', 'a'] }, {})] },
  'with what is left over': { oneOf: [a, b], unevaluatedProperties: false },
};

const leaf = fc.constantFrom<unknown>('a', 'b', 'c', 1, null, [], undefined);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.record({ kind: leaf, x: tie('value'), y: leaf }, { requiredKeys: [] }),
    fc.array(tie('value'), { maxLength: 2 }),
  ),
}));
const plain = value.map((each) => JSON.parse(JSON.stringify({ each })) as { each?: unknown }).map(({ each }) => each);

describe('a union', () => {
  it.each(Object.keys(unions))('%s has the verdicts of ajv', async (name) => {
    const schema = JSON.parse(JSON.stringify(unions[name])) as object;
    const check = new Ajv2020({ strict: false }).compile(schema);
    const input = JSON.stringify(schema);
    const { files } = await generateCode({ generator: 'validator', name: 'T', input, filename: 't.mjs' });
    const validate = (await loadModule(files[0]!.contents))['validateT']!;
    fc.assert(
      fc.property(plain, (each) => {
        expect([each, validate(each)]).toEqual([each, check(each)]);
      }),
      { numRuns: 1500, seed: 3, examples: [[{ kind: 'a', x: 1 }], [{ kind: 'b', x: 'a' }], [{ kind: 'a', x: 'a' }]] },
    );
  });

  it('passes strict, and says of the form that is meant what is wrong', async () => {
    const input = JSON.stringify(unions['tagged']);
    const { files } = await generateCode({ generator: 'validator', name: 'T', input });
    expect(typeErrors({ 't.ts': files[0]!.contents })).toEqual([]);
    const validate = (await loadModule(files[0]!.contents))['validateT']!;
    expect([validate({ kind: 'b', x: 1 }), validate.errors?.map(({ schemaPath }) => schemaPath)]).toEqual([
      false,
      ['#/oneOf/1/properties/x/type', '#/oneOf'],
    ]);
  });
});
