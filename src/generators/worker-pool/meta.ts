import type { GeneratorMeta } from '../generator.ts';
import { functionOptions } from '../signature/versions.ts';

export const meta: GeneratorMeta = {
  id: 'worker-pool',
  version: 2,
  summary: 'an exported function → the same in worker threads (piscina), typed, and its test',
  notWhen: 'a call takes less than about a millisecond, or waits instead of computing: handing it over costs more',
  name: { summary: 'name of the exported function', required: true },
  namesFunction: true,
  input: {
    summary: 'TypeScript file with the function, whose parameters say what the test calls it with',
    required: false,
  },
  options: [
    ...functionOptions,
    { name: 'threads', summary: 'most threads at a time (default: as piscina decides)', default: '' },
  ],
  extensions: ['ts'],
  stem: (name) => `${name}.pool`,
  into: false,
  keywords: ['worker', 'worker-pool', 'worker-thread', 'thread', 'threads', 'piscina', 'cpu-bound', 'parallel'],
  example: 'booster generate worker-pool digest --input src/digest.ts --out src/digest.pool.ts',
};
