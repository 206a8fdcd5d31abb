import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import { lintErrors, typeErrors } from './judge-code.ts';

async function typesOf(document: object): Promise<string> {
  const input = JSON.stringify(document);
  const { files, evidence } = await generateCode({ generator: 'types', name: 'Api', input, inputName: 'api.json' });
  expect(evidence[0]).toBe('the input was read as an OpenAPI document: it has the key "openapi"');
  return files[0]!.contents;
}

const schemas = {
  User: {
    type: 'object',
    description: 'Who it is.',
    required: ['id'],
    properties: {
      id: { type: 'integer', format: 'snowflake', exclusiveMinimum: true, minimum: 0, 'x-order': 1 },
      mail: { type: 'string', nullable: true, example: 'a@b.c' },
      role: { type: 'string', nullable: true, enum: ['admin', 'guest'] },
      best: { $ref: '#/components/schemas/User', description: 'nothing in 3.0' },
      pets: { type: 'array', items: { $ref: '#/components/schemas/Pet' } },
    },
  },
  Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { type: 'string' }], discriminator: { propertyName: 'kind' } },
  Cat: { type: 'object', properties: { kind: { type: 'string', enum: ['cat'] } }, additionalProperties: false },
};

describe('types of an OpenAPI document', () => {
  it('are those of its components.schemas, pass strict and lint clean', async () => {
    const text = await typesOf({ openapi: '3.0.3', info: {}, paths: {}, components: { schemas } });
    expect(text).toContain('export interface Api {\n  User: User;\n  Pet: Pet;\n  Cat: Cat;\n}');
    expect(text).toContain('/** Who it is. */\nexport interface User {\n  id: number;\n  mail?: string | null;\n');
    expect(text).toContain("  role?: 'admin' | 'guest' | null;\n  best?: User;\n  pets?: Pet[];\n");
    expect(text).toContain('export type Pet = Cat | string;');
    expect(typeErrors({ 'api.types.ts': text })).toEqual([]);
    expect(await lintErrors('api.types.ts', text)).toEqual([]);
  });

  it('of version 3.1 have lists of types', async () => {
    const text = await typesOf({ openapi: '3.1.0', components: { schemas: { A: { type: ['string', 'null'] } } } });
    expect(text).toContain('export type A = string | null;');
  });

  it('are also those of the JSON bodies in its paths, named after the operation', async () => {
    const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } });
    const created = json({ $ref: '#/components/schemas/Cat' });
    const api = {
      openapi: '3.0.3',
      paths: {
        '/users/{id}': {
          get: {
            operationId: 'get-user',
            responses: {
              200: json({ type: 'object', properties: { id: { type: 'integer' } } }),
              default: { $ref: '#/components/responses/Problem' },
            },
          },
        },
        '/cats': {
          post: {
            requestBody: json(
              { type: 'array', items: { $ref: '#/components/schemas/Cat' } },
              'application/merge-patch+json',
            ),
            responses: { 201: created, '4XX': json({ type: 'string' }, 'text/plain') },
          },
        },
      },
      components: {
        schemas: { Cat: schemas.Cat, GetUserResponse200: { type: 'null' } },
        responses: {
          Problem: json({ type: 'object', required: ['title'], properties: { title: { type: 'string' } } }),
        },
      },
    };
    const text = await typesOf(api);
    expect(text).toContain('export interface GetUserResponse2002 {\n  id?: number;\n}');
    expect(text).toContain('export interface GetUserResponseDefault {\n  title: string;\n}');
    expect(text).toContain('export type PostCatsRequest = Cat[];');
    expect(text).toContain('export type PostCatsResponse201 = Cat;');
    expect(typeErrors({ 'api.types.ts': text })).toEqual([]);
    const { evidence } = await generateCode({ generator: 'types', name: 'Api', input: JSON.stringify(api) });
    expect(evidence).toContain('no types: POST /cats: text/plain');
  });

  it.each([
    [
      { openapi: '3.0.0' },
      'api.json:1:1: has no components.schemas and no JSON bodies: there is nothing to make types of',
    ],
    [
      { openapi: '3.0.0', components: { schemas: { A: { tpe: 'string' } } } },
      'api.json:1:50: #/components/schemas/A/tpe: unknown keyword "tpe" (did you mean type?)',
    ],
    [
      { openapi: '3.1.0', components: { schemas: { A: { $ref: 'other.json' } } } },
      'api.json:1:50: #/components/schemas/A/$ref: "other.json" leads to another document: put what it means into $defs, as nothing is loaded',
    ],
    [
      { swagger: '2.0', paths: {} },
      'api.json:1:2: #/swagger: is Swagger 2: make OpenAPI 3 of it (npx swagger2openapi api.json -o openapi.json) and give --input openapi.json',
    ],
    [
      {
        openapi: '3.0.0',
        paths: { '/a': { get: { responses: { 200: { content: { 'application/json': { schema: { tpe: 1 } } } } } } } },
      },
      'api.json:1:103: #/paths/~1a/get/responses/200/content/application~1json/schema/tpe: unknown keyword "tpe" (did you mean type?)',
    ],
  ])('are refused with the place in that document: %j', async (document, message) => {
    await expect(
      generateCode({ generator: 'types', name: 'Api', input: JSON.stringify(document), inputName: 'api.json' }),
    ).rejects.toMatchObject({ message });
  });
});
