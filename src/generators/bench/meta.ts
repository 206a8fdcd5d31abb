import type { GeneratorMeta } from '../generator.ts';
import { versionOptions } from '../signature/versions.ts';

export const meta: GeneratorMeta = {
  id: 'bench',
  version: 1,
  summary: 'two versions of a function → a benchmark of both (vitest or mitata) on the same random arguments',
  notWhen: 'real arguments look unlike random ones: put those into the generated file then',
  name: { summary: 'name of the exported function', required: true },
  namesFunction: true,
  input: { summary: 'TypeScript file with the function, whose parameters say what to call it with', required: false },
  options: [
    ...versionOptions,
    { name: 'tool', summary: 'what runs it', values: ['vitest', 'mitata'], default: 'vitest' },
    { name: 'inputs', summary: 'how many lists of arguments one round calls it with', default: '100' },
  ],
  extensions: ['ts'],
  stem: (name) => `${name}.bench`,
  into: false,
  keywords: ['bench', 'benchmark', 'speed', 'measure', 'performance', 'faster'],
  example: 'booster generate bench total --input src/total.ts --set against=./total.before.ts --out src/total.bench.ts',
};
