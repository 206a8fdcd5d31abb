import type { GeneratorMeta } from '../generator.ts';

export const meta: GeneratorMeta = {
  id: 'validator',
  version: 6,
  summary: 'JSON Schema or TypeScript type → compiled validator with types, without imports',
  notWhen:
    'schemas are only known at run time (use ajv), or values must be changed while they are checked (coercion, defaults)',
  name: { summary: 'name of the type that a valid value has', required: true },
  input: {
    summary:
      'a JSON Schema, draft-07 or 2020-12, in which all that $ref means must be; or a TypeScript file with the exported type (file.ts#Type when it is called otherwise)',
    required: true,
  },
  types: true,
  options: [
    {
      name: 'errors',
      summary: 'report the first error, or all of them (slower on bad input)',
      values: ['first', 'all'],
      default: 'first',
    },
  ],
  extensions: ['ts', 'js', 'mjs'],
  stem: (name) => `${name}.validator`,
  into: false,
  keywords: ['validator', 'validate', 'validation', 'guard', 'check', 'ajv'],
  example: 'booster generate validator User --input user.schema.json --out src/user.validator.ts',
};
