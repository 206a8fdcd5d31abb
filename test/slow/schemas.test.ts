import fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../src/app/generate-code.ts';
import { typeErrors } from '../unit/generators/judge-code.ts';
import { mutated, sampleOf, schemaArbitrary } from './schema-arbitrary.ts';

const runs = 200;
const samples = 20;

interface Case {
  readonly schema: object;
  /** Random numbers in [0, 1) that samples are drawn from. */
  readonly dice: readonly number[];
}

const cases: fc.Arbitrary<Case> = fc.record({
  schema: schemaArbitrary,
  dice: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 200, maxLength: 200 }),
});

function dealer(dice: readonly number[]): () => number {
  let at = 0;
  return () => {
    at += 1;
    // the same numbers again, but not in step with the schema
    return (dice[at % dice.length]! + at * 0.618_034) % 1;
  };
}

function valuesOf({ schema, dice }: Case): unknown[] {
  const roll = dealer(dice);
  return Array.from({ length: samples }, () => {
    const value = sampleOf(schema, schema, roll);
    return [value, mutated(value, roll)];
  }).flat();
}

function ajvOf(schema: object): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, formats: fullFormats });
  return (value) => ajv.validate(schema, value);
}

async function compiled(schema: object): Promise<(value: unknown) => boolean> {
  const { files } = await generateCode({
    generator: 'validator',
    name: 'T',
    input: JSON.stringify(schema),
    filename: 't.mjs',
  });
  const text = files[0]!.contents;
  const name = /^export const validateT = (\w+);$/m.exec(text)![1]!;
  // oxlint-disable-next-line typescript/no-implied-eval -- a file for each of 200 schemas would take minutes
  return new Function(`${text.replace(/^export .*$/m, '')}; return ${name};`)() as (value: unknown) => boolean;
}

/** The type of exactly this value; it is not fresh, so that keys may be there which a type does not name. */
function typeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(typeOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}: ${typeOf(each)}`)
    .join('; ')} }`;
}

describe('validators of random schemas', () => {
  it(`say what ajv says, on ${String(runs)} schemas with valid and mutated samples`, async () => {
    const verdicts = { valid: 0, invalid: 0 };
    await fc.assert(
      fc.asyncProperty(cases, async (each) => {
        const ajv = ajvOf(each.schema);
        const own = await compiled(each.schema);
        for (const value of valuesOf(each)) {
          const expected = ajv(value);
          verdicts[expected ? 'valid' : 'invalid'] += 1;
          expect([value, own(value)]).toEqual([value, expected]);
        }
      }),
      { numRuns: runs },
    );
    // a test that sees one verdict only would show nothing
    expect(verdicts.valid).toBeGreaterThan(runs);
    expect(verdicts.invalid).toBeGreaterThan(runs);
  });

  it('have types that every valid sample has, and pass strict', async () => {
    const files: Record<string, string> = {};
    for (const [index, each] of fc.sample(cases, { numRuns: 60, seed: 7 }).entries()) {
      const { contents } = (
        await generateCode({ generator: 'validator', name: 'T', input: JSON.stringify(each.schema) })
      ).files[0]!;
      const ajv = ajvOf(each.schema);
      const valid = valuesOf(each).filter((value) => ajv(value));
      const uses = valid.map(
        (value, at) => `declare const v${String(at)}: ${typeOf(value)};\nv${String(at)} satisfies T;\n`,
      );
      files[`s${String(index)}.ts`] = `${contents}\n${uses.join('')}`;
    }
    // TypeScript's doubt about objects that share no key with a type of optional keys: they have the type all the same
    const errors = typeErrors(files).filter((error) => !error.includes('has no properties in common with type'));
    expect(errors).toEqual([]);
  });
});
