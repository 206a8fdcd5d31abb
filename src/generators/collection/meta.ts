import type { GeneratorMeta } from '../generator.ts';

export const meta: GeneratorMeta = {
  id: 'collection',
  version: 1,
  summary: 'a ring-buffer queue, binary heap, prefix index, LRU or buffer pool as a TypeScript class',
  notWhen: 'it holds a handful of items: an array is as fast then, and everybody knows it',
  name: { summary: 'name of the class; default: that of its kind', required: false },
  options: [
    {
      name: 'kind',
      summary: 'which one',
      values: ['ring-buffer', 'heap', 'prefix-index', 'lru', 'buffer-pool'],
      words: {
        'ring-buffer': ['fifo'],
        heap: ['priority', 'priority-queue'],
        'prefix-index': ['prefix', 'autocomplete', 'trie'],
        lru: ['cache'],
      },
    },
  ],
  extensions: ['ts'],
  stem: (name) => name,
  into: true,
  keywords: [
    'collection',
    'queue',
    'fifo',
    'ring-buffer',
    'heap',
    'priority',
    'prefix',
    'autocomplete',
    'trie',
    'lru',
    'cache',
    'buffer-pool',
  ],
  example: 'booster generate collection TaskQueue --set kind=ring-buffer --out src/task-queue.ts',
};
