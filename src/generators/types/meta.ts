import type { GeneratorMeta } from '../generator.ts';

export const meta: GeneratorMeta = {
  id: 'types',
  version: 1,
  summary: 'JSON samples or a JSON Schema → TypeScript types',
  notWhen: 'data comes from outside and must be checked: validator gives the same types and the check',
  name: { summary: 'name of the type of the whole', required: true },
  input: { summary: 'JSON: a sample, a list of samples, or a JSON Schema (draft-07 or 2020-12)', required: true },
  options: [
    {
      name: 'kind',
      summary: 'what the input is',
      values: ['auto', 'sample', 'samples', 'schema'],
      default: 'auto',
    },
  ],
  extensions: ['ts'],
  stem: (name) => `${name}.types`,
  into: true,
  keywords: ['type', 'types', 'interface', 'interfaces', 'typing', 'typings', 'dto', 'dtos'],
  example: 'booster generate types User --input user.json --out src/user.types.ts',
};
