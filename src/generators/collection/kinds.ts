import type { Source } from './source-texts.ts';

/** A collection that can be generated. */
export interface CollectionKind {
  readonly className: string;
  /** The naive form that it is measured against. */
  readonly against: string;
  readonly notWhen: string;
  readonly note?: string;
}

export const kinds: Readonly<Record<Source, CollectionKind>> = {
  'ring-buffer': {
    className: 'RingBuffer',
    against: 'push and shift of an array',
    notWhen: 'the queue never holds more than some dozens of items, or items are taken out of its middle',
  },
  heap: {
    className: 'BinaryHeap',
    against: 'sorting an array after each addition',
    notWhen: 'all items are there before the first one is taken (sort once), or equal items must keep their order',
  },
  'prefix-index': {
    className: 'PrefixIndex',
    against: 'filter and startsWith over all keys',
    notWhen: 'keys come and go all the time: it is built once, by sorting',
  },
  lru: {
    className: 'CachedFunction',
    against: 'a Map that deletes and sets each key that is read',
    notWhen: 'the keys are few enough to keep all of them: a Map does that faster',
    note: 'it imports lru-cache: npm install lru-cache',
  },
  'buffer-pool': {
    className: 'BufferPool',
    against: 'a new Uint8Array each time',
    notWhen: 'buffers are below some kilobytes, or it is not clear who uses one last',
  },
};
