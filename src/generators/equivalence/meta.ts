import type { GeneratorMeta } from '../generator.ts';
import { versionOptions } from '../signature/versions.ts';

export const meta: GeneratorMeta = {
  id: 'equivalence',
  version: 1,
  summary: 'two versions of a function → a vitest test that they do the same on random arguments (fast-check)',
  notWhen: 'the function reads clocks, files or random numbers: its two calls differ whatever it does',
  name: { summary: 'name of the exported function', required: true },
  namesFunction: true,
  input: { summary: 'TypeScript file with the function, whose parameters say what to call it with', required: false },
  options: [...versionOptions, { name: 'runs', summary: 'how many arguments are tried', default: '1000' }],
  extensions: ['ts'],
  stem: (name) => `${name}.equivalence.test`,
  into: false,
  keywords: ['equivalence', 'equivalent', 'differential', 'same', 'regression', 'fast-check', 'property'],
  example:
    'booster generate equivalence total --input src/total.ts --set against=./total.before.ts --out src/total.equivalence.test.ts',
};
