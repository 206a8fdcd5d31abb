import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { generateCode } from '../../../src/app/generate-code.ts';
import { BinaryHeap } from '../../../src/generators/collection/sources/heap.ts';
import { BufferPool } from '../../../src/generators/collection/sources/buffer-pool.ts';
import { CachedFunction } from '../../../src/generators/collection/sources/lru.ts';
import { PrefixIndex } from '../../../src/generators/collection/sources/prefix-index.ts';
import { RingBuffer } from '../../../src/generators/collection/sources/ring-buffer.ts';
import { lintErrors, loadModule, typeErrors } from './judge-code.ts';

const kinds = ['ring-buffer', 'heap', 'prefix-index', 'lru', 'buffer-pool'];

async function collection(kind: string, name?: string): Promise<string> {
  const { files } = await generateCode({
    generator: 'collection',
    options: { kind },
    ...(name === undefined ? {} : { name }),
  });
  return files[0]!.contents;
}

describe('generated collections', () => {
  it('pass strict, all of them, under a name of their own', async () => {
    const texts = await Promise.all(kinds.map((kind) => collection(kind, 'Mine')));
    expect(typeErrors(Object.fromEntries(texts.map((text, index) => [`${kinds[index]!}.ts`, text])))).toEqual([]);
  });

  it.each(kinds)('lint clean: %s', async (kind) => {
    expect(await lintErrors(`${kind}.ts`, await collection(kind))).toEqual([]);
  });

  it.each(kinds)('are loaded under the name that was given: %s', async (kind) => {
    const module = await loadModule(await collection(kind, 'Mine'));
    expect(Object.keys(module)).toEqual(['Mine']);
  });
});

/** Adds and takes in any order, beside a model. */
const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant('take' as const)), { maxLength: 200 });

describe('RingBuffer', () => {
  it('gives what an array gives with push and shift', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 9 }), (all, capacity) => {
        const queue = new RingBuffer<number>(capacity);
        const model: number[] = [];
        for (const step of all) {
          if (step === 'take') expect(queue.shift()).toBe(model.shift());
          else {
            queue.push(step);
            model.push(step);
          }
          expect([queue.length, queue.peek()]).toEqual([model.length, model[0]]);
        }
        expect([...queue]).toEqual(model);
      }),
    );
  });

  it('is empty after clear, and works on', () => {
    const queue = new RingBuffer<string>(1);
    queue.push('a');
    queue.push('b');
    queue.clear();
    queue.push('c');
    expect([queue.length, ...queue]).toEqual([1, 'c']);
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('refuses the capacity %s', (capacity) => {
    expect(() => new RingBuffer(capacity)).toThrow(RangeError);
  });
});

describe('BinaryHeap', () => {
  it('gives the least item first, in any order of adding and taking', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const heap = new BinaryHeap<number>((one, other) => one - other);
        const model: number[] = [];
        for (const step of all) {
          if (step === 'take') expect(heap.pop()).toBe(model.shift());
          else {
            heap.push(step);
            model.push(step);
            model.sort((one, other) => one - other);
          }
          expect([heap.length, heap.peek()]).toEqual([model.length, model[0]]);
        }
      }),
    );
  });
});

describe('PrefixIndex', () => {
  const words = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\uffff'), maxLength: 4 }), {
    maxLength: 40,
  });

  it('finds what filter and startsWith find', () => {
    fc.assert(
      fc.property(words, words, (keys, prefixes) => {
        const index = new PrefixIndex(keys.map((key, at) => [key, at] as const));
        for (const prefix of prefixes) {
          const found = index.find(prefix).map((at) => keys[at]);
          expect(found).toEqual(keys.filter((key) => key.startsWith(prefix)).sort());
          expect(index.has(prefix)).toBe(found.length > 0);
          expect(index.find(prefix, 1)).toEqual(index.find(prefix).slice(0, 1));
        }
        expect(index.size).toBe(keys.length);
      }),
    );
  });
});

describe('CachedFunction', () => {
  it('computes a key once while it is kept, undefined included', () => {
    const asked: string[] = [];
    const cached = new CachedFunction<string, string | undefined>((key) => {
      asked.push(key);
      return key === 'none' ? undefined : key.toUpperCase();
    }, 2);
    expect(['a', 'none', 'a', 'none', 'b', 'none', 'a'].map((key) => cached.get(key))).toEqual([
      'A',
      undefined,
      'A',
      undefined,
      'B',
      undefined,
      'A',
    ]);
    expect(asked).toEqual(['a', 'none', 'b', 'a']);
    expect([cached.size, cached.delete('b'), cached.delete('a')]).toEqual([2, false, true]);
    cached.clear();
    expect(cached.size).toBe(0);
  });

  it('keeps nothing of a call that threw', () => {
    let calls = 0;
    const cached = new CachedFunction<number, number>((key) => {
      calls += 1;
      if (calls === 1) throw new RangeError('first');
      return key;
    }, 1);
    expect(() => cached.get(1)).toThrow('first');
    expect(cached.get(1)).toBe(1);
  });
});

describe('BufferPool', () => {
  it('hands a buffer out again only after it came back', () => {
    const pool = new BufferPool(8, 1);
    const [one, two] = [pool.acquire(), pool.acquire()];
    expect(one).not.toBe(two);
    pool.release(one);
    pool.release(two);
    expect(pool.idle).toBe(1);
    expect(pool.acquire()).toBe(one);
    expect(pool.acquire()).not.toBe(two);
  });

  it('refuses a buffer that came back already, and one that is not its own', () => {
    const pool = new BufferPool(8);
    const buffer = pool.acquire();
    pool.release(buffer);
    expect(() => {
      pool.release(buffer);
    }).toThrow(TypeError);
    expect(() => {
      pool.release(new Uint8Array(8));
    }).toThrow(TypeError);
  });

  it.each([0, 1.5, -1])('refuses the size %s', (size) => {
    expect(() => new BufferPool(size)).toThrow(RangeError);
  });
});
