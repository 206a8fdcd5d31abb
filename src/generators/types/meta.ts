import type { GeneratorMeta } from '../generator.ts';

export const meta: GeneratorMeta = {
  id: 'types',
  version: 3,
  summary: 'JSON samples, a JSON Schema or an OpenAPI document → TypeScript types',
  notWhen: 'data comes from outside and must be checked: validator gives the same types and the check',
  name: { summary: 'name of the type of the whole', required: true },
  input: {
    summary:
      'JSON or YAML: a sample, a list of samples, a JSON Schema (draft-07 or 2020-12), or OpenAPI 3 (components and JSON bodies)',
    required: true,
  },
  options: [
    {
      name: 'kind',
      summary: 'what the input is',
      values: ['auto', 'sample', 'samples', 'schema', 'openapi'],
      default: 'auto',
    },
  ],
  extensions: ['ts'],
  stem: (name) => `${name}.types`,
  into: true,
  keywords: ['type', 'types', 'interface', 'interfaces', 'typing', 'typings', 'dto', 'dtos', 'openapi'],
  example: 'booster generate types User --input user.json --out src/user.types.ts',
};
