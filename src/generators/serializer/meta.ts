import type { GeneratorMeta } from '../generator.ts';
import { sampleOption } from '../schema/sample-option.ts';

export const meta: GeneratorMeta = {
  id: 'serializer',
  version: 2,
  summary: 'JSON Schema → compiled serializer with types, without imports; refused where JSON.stringify is faster',
  notWhen:
    'values have keys that the schema does not name: they are left out; or newer versions of Node run it, whose JSON.stringify is faster',
  name: { summary: 'name of the type that is written', required: true },
  input: { summary: 'a JSON Schema with a type at each place; anyOf, oneOf, allOf and if are refused', required: true },
  options: [sampleOption],
  extensions: ['ts', 'js', 'mjs'],
  stem: (name) => `${name}.serializer`,
  into: false,
  keywords: ['serializer', 'serialiser', 'serialize', 'serialise', 'serialization', 'serialisation', 'stringify'],
  example: 'booster generate serializer User --input user.schema.json --out src/user.serializer.ts',
};
