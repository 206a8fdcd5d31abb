/**
 * What each collection is measured on: `naive()` and `fast(Class)` give a function to be timed; both give the same result.
 * `n` says in words at which size.
 */
export const collectionWorkloads = {
  'ring-buffer': [100, 10_000, 100_000].map((size) => ({
    n: `${size.toLocaleString('en-US')} waiting items`,
    naive: () => {
      const queue = Array.from({ length: size }, (_, index) => index);
      return () =>
        rotate(
          size,
          (item) => queue.push(item),
          () => queue.shift(),
        );
    },
    fast: (Made) => {
      const queue = new Made();
      for (let index = 0; index < size; index += 1) queue.push(index);
      return () =>
        rotate(
          size,
          (item) => queue.push(item),
          () => queue.shift(),
        );
    },
  })),
  heap: [100, 10_000].map((size) => ({
    n: `${size.toLocaleString('en-US')} waiting items`,
    naive: () => {
      const items = shuffled(size).sort((a, b) => b - a);
      return () =>
        rotate(
          20,
          (item) => {
            items.push((item * 7919 + 13) % size);
            items.sort((a, b) => b - a);
          },
          () => items.pop(),
        );
    },
    fast: (Made) => {
      const items = new Made((a, b) => a - b);
      for (const item of shuffled(size)) items.push(item);
      return () =>
        rotate(
          20,
          (item) => items.push((item * 7919 + 13) % size),
          () => items.pop(),
        );
    },
  })),
  'prefix-index': [1_000, 100_000].map((size) => {
    const words = shuffled(size).map((each) => each.toString(36).padStart(4, 'k'));
    const prefixes = ['k1', 'k2a', 'zz', 'kkk'];
    return {
      n: `${size.toLocaleString('en-US')} keys`,
      naive: () => () => prefixes.map((prefix) => words.filter((word) => word.startsWith(prefix)).length),
      fast: (Made) => {
        const index = new Made(words.map((word) => [word, word]));
        return () => prefixes.map((prefix) => index.find(prefix).length);
      },
    };
  }),
  lru: [1_000].map((size) => ({
    n: `${size.toLocaleString('en-US')} kept results, 80 % hits`,
    naive: () => {
      const cache = new Map();
      return () =>
        ask(size, (key) => {
          const kept = cache.get(key);
          if (kept !== undefined) {
            cache.delete(key);
            cache.set(key, kept);
            return kept;
          }
          const made = `value ${key}`;
          cache.set(key, made);
          if (cache.size > size) cache.delete(cache.keys().next().value);
          return made;
        });
    },
    fast: (Made) => {
      const cache = new Made((key) => `value ${key}`, size);
      return () => ask(size, (key) => cache.get(key));
    },
  })),
  'buffer-pool': [1_024, 65_536].map((size) => ({
    n: `${size / 1024} KiB a buffer`,
    naive: () => () => touch(() => new Uint8Array(size)),
    fast: (Made) => {
      const pool = new Made(size);
      return () =>
        touch(
          () => pool.acquire(),
          (buffer) => pool.release(buffer),
        );
    },
  })),
};

/** Numbers below `size`, each once, in an order that only looks random. */
function shuffled(size) {
  return Array.from({ length: size }, (_, index) => (index * 7919 + 13) % size);
}

/** Takes one and adds one, so that the length stays. */
function rotate(steps, add, take) {
  let sum = 0;
  for (let step = 0; step < steps; step += 1) {
    sum += take();
    add(step);
  }
  return steps > 0 && Number.isFinite(sum);
}

function ask(size, get) {
  let length = 0;
  for (let step = 0; step < 1_000; step += 1) {
    // four of five keys are in a range that fits
    const key = step % 5 === 0 ? size + ((step * 7919) % (4 * size)) : (step * 31) % Math.floor(size * 0.8);
    length += get(key).length;
  }
  return length;
}

function touch(acquire, release = () => undefined) {
  let sum = 0;
  for (let step = 0; step < 100; step += 1) {
    const buffer = acquire();
    buffer[step] = step;
    sum += buffer[step];
    release(buffer);
  }
  return sum;
}
