import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';
import type { GenerateCodeOptions } from '../../../src/app/generate-code.ts';

const schema = {
  title: 'user',
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 1 },
    born: { type: 'string', format: 'date' },
  },
};
const input = JSON.stringify(schema);

async function filesOf(options: Partial<GenerateCodeOptions>): Promise<Record<string, string>> {
  const { files } = await generateCode({ generator: 'route', input, ...options });
  return Object.fromEntries(files.map(({ path, contents }) => [path, contents]));
}

describe('a generated endpoint', () => {
  it('is picked for its description, in both spellings, with the name and the action that stand in it', async () => {
    const { generator, files, evidence } = await generateCode({
      description: 'optimised API endpoint for listing users',
      input: JSON.stringify({ ...schema, title: undefined }),
    });
    expect([generator, files.map(({ path }) => path)]).toEqual(['route', ['user.route.ts', 'user.route.test.ts']]);
    expect(files[0]!.contents).toContain('export function addListUsers(app: FastifyInstance');
    expect(evidence[0]).toBe('route was picked for the words api, endpoint, and the name User is from the description');
    const other = await generateCode({ description: 'Optimized API endpoint', input, options: { action: 'get' } });
    expect(other.files[0]!.contents).toContain("app.get('/users/:id'");
  });

  it('says what is missing when nothing tells the action', async () => {
    await expect(generateCode({ description: 'Optimized API endpoint', input })).rejects.toMatchObject({
      code: 'E_GENERATE_OPTION',
      message:
        'route needs --set action=… (what the endpoint does: one of list, get, create); route was picked for the words api, endpoint',
    });
  });

  it('is refused for a path that could be code, and for a schema that no compiled serializer writes', async () => {
    const path = "/a'); process.exit(); ('";
    await expect(filesOf({ options: { action: 'list', path } })).rejects.toMatchObject({ code: 'E_GENERATE_OPTION' });
    const either = JSON.stringify({ title: 'x', anyOf: [{ type: 'string' }, { type: 'number' }] });
    await expect(filesOf({ options: { action: 'list' }, input: either })).rejects.toMatchObject({
      code: 'E_GENERATE_SCHEMA',
      message: expect.stringContaining(
        'input:1:14: #/anyOf: would have to be checked while a value is written',
      ) as string,
    });
    const files = await filesOf({ options: { action: 'list', serialize: 'json' }, input: either });
    expect(files['route.ts']).toContain('JSON.stringify(value)');
  });
});
