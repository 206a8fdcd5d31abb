import type { GeneratorMeta } from '../generator.ts';
import { sampleOption } from '../schema/sample-option.ts';

export const meta: GeneratorMeta = {
  id: 'route',
  version: 5,
  summary:
    'JSON Schema → API endpoint for fastify, express or hono with validation and serialisation compiled in, and its test',
  notWhen: 'the framework compiles schemas itself and its options are enough, as fastify does at start',
  name: { summary: 'name of the type that the endpoint serves; default: the title of the schema', required: false },
  input: { summary: 'a JSON Schema of one such value', required: true },
  options: [
    {
      name: 'action',
      summary: 'what the endpoint does',
      values: ['list', 'get', 'create'],
      words: {
        list: ['listing', 'lists', 'search', 'searching'],
        get: ['getting', 'read', 'reading', 'fetch', 'fetching'],
        create: ['creating', 'add', 'adding', 'post', 'posting'],
      },
    },
    {
      name: 'framework',
      summary: 'what it is for',
      values: ['fastify', 'express', 'hono'],
      default: 'fastify',
    },
    { name: 'path', summary: 'path of the endpoint (default: the name in the plural, e.g. /users)', default: '' },
    {
      name: 'serialize',
      summary: 'a compiled serializer, or JSON.stringify, which takes any schema',
      values: ['compiled', 'json'],
      default: 'compiled',
    },
    sampleOption,
  ],
  extensions: ['ts'],
  stem: (name) => (name === 'route' ? name : `${name}.route`),
  into: false,
  nameAfter: [
    ...['listing', 'list', 'searching', 'search', 'getting', 'get', 'reading', 'read', 'fetching', 'fetch'],
    ...['creating', 'create', 'adding', 'add', 'posting', 'post'],
  ],
  keywords: ['route', 'endpoint', 'api', 'rest', 'http', 'handler', 'fastify', 'express', 'hono'],
  example: 'booster generate route User --input user.schema.json --set action=list --out src/list-users.ts',
};
