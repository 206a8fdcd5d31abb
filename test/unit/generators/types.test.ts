import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { lintErrors, typeErrors } from './judge-code.ts';

async function types(input: unknown, kind = 'auto', name = 'User'): Promise<string> {
  const code = await generateCode({ generator: 'types', name, input: JSON.stringify(input), options: { kind } });
  return code.files[0]!.contents.split('\n').slice(2).join('\n');
}

describe('types of samples', () => {
  it('are required where each sample has them', async () => {
    expect(await types([{ a: 1, b: 'x' }, { a: null }], 'samples')).toBe(
      'export interface User {\n  a: number | null;\n  b?: string;\n}\n',
    );
  });

  it('keep dates as strings, as JSON.parse does', async () => {
    expect(await types({ at: '2026-01-01T00:00:00Z' })).toContain('at: string;');
  });

  it('join the elements of a list', async () => {
    expect(await types([1, 'a', { x: true }, []])).toBe(
      'export type User = (string | number | {\n  x: boolean;\n} | unknown[])[];\n',
    );
  });

  it('quote keys that are no identifiers, and take __proto__ for a key like any other', async () => {
    const text = await types(JSON.parse('{ "a-b": 1, "__proto__": 2, "1": 3, "\\n\'": 4 }'));
    expect(text).toContain("'a-b': number;");
    expect(text).toContain('__proto__: number;');
    expect(text).toContain("'1': number;");
    expect(text).toContain("'\\n\\'': number;");
    expect(typeErrors({ 'a.ts': text })).toEqual([]);
  });

  it('do not take a sample with a key "type" for a schema', async () => {
    expect(await types({ type: 'admin', required: true })).toContain('type: string;');
  });
});

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  description: 'Somebody */ who\nlogs in',
  required: ['id', 'extra'],
  properties: {
    id: { type: 'string', deprecated: true },
    role: { enum: ['admin', 'guest', null] },
    state: { const: { a: [1] } },
    age: { type: ['integer', 'null'] },
    children: { type: 'array', items: { $ref: '#' } },
    address: { $ref: '#/$defs/postal-address' },
    tags: { type: 'object', additionalProperties: { type: 'string' } },
    point: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }], minItems: 1, items: false },
    either: { anyOf: [{ type: 'string' }, { $ref: '#/$defs/postal-address' }] },
    both: { allOf: [{ $ref: '#/$defs/postal-address' }, { type: 'object', properties: { zip: { const: 1 } } }] },
    nothing: false,
  },
  $defs: {
    'postal-address': { type: 'object', properties: { street: { type: 'string' } }, additionalProperties: false },
    User: { type: 'array', items: { type: 'boolean' }, maxItems: 20 },
  },
};

describe('types of a schema', () => {
  it('say what the schema says', async () => {
    expect(await types(schema)).toMatchInlineSnapshot(`
      "/**
       * Somebody *\\/ who
       * logs in
       */
      export interface User {
        /** @deprecated */
        id: string;
        role?: 'admin' | 'guest' | null;
        state?: { a: [1] };
        age?: number | null;
        children?: User[];
        address?: PostalAddress;
        tags?: Record<string, string>;
        point?: [number, number?];
        either?: string | PostalAddress;
        both?: PostalAddress & {
          zip?: 1;
        };
        nothing?: never;
        extra: unknown;
      }

      export interface PostalAddress {
        street?: string;
      }

      export type User2 = boolean[];
      "
    `);
  });

  it('pass strict and the linter', async () => {
    const text = await types(schema);
    expect(typeErrors({ 'a.ts': text })).toEqual([]);
    expect(await lintErrors('a.ts', text)).toEqual([]);
  });

  it('are unknown where no type stands, and the result says where', async () => {
    const input = JSON.stringify({ type: 'object', properties: { a: { properties: { b: {} } } } });
    const { evidence } = await generateCode({ generator: 'types', name: 'A', input });
    expect(evidence.at(-1)).toMatch(/^#\/properties\/a: no "type" stands there/);
  });

  it('take the type of the schema around them in allOf', async () => {
    const text = await types({ type: 'object', allOf: [{ properties: { a: { type: 'string' } }, required: ['a'] }] });
    expect(text).toContain('a: string;');
  });
});
