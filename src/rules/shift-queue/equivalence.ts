import fc from 'fast-check';
import type { EquivalenceSubject } from '../proof.ts';

const value = fc.constantFrom<unknown>(undefined, null, NaN, -0, 0, 1, 2, 3, '', 'a', 'é😀', '__proto__');

/** Arrays as they come: empty, with duplicates, with holes. */
const list = fc.array(fc.option(value, { nil: 'hole' })).map((items) => {
  const array: unknown[] = [];
  array.length = items.length;
  for (const [index, item] of items.entries()) if (item !== 'hole') array[index] = item;
  return array;
});

const callback = fc.constantFrom<(x: unknown) => unknown>(
  (x) => x,
  (x) => typeof x === 'number',
  () => false,
  (x) => {
    if (x === 3) return BigInt(0.5); // a RangeError
    return x === 1;
  },
);

interface Tree {
  readonly id: unknown;
  readonly children: readonly Tree[];
}

function treeOf(depth: number): fc.Arbitrary<Tree> {
  const children = depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 3 });
  return fc.record({ id: value, children });
}

const tree = treeOf(4);

export default [
  {
    name: 'a drain that refills, asks for the length and looks ahead',
    source: `export function subject(xs: unknown[], f: (x: unknown, left: number) => unknown) {
  const queue = xs.slice();
  const out: unknown[] = [];
  while (queue.length > 0 && out.length < 40) {
    out.push(queue[0], queue.length);
    const x = queue.shift();
    if (f(x, queue.length)) queue.push(x, out.length);
    if (!queue.length) out.push('empty');
    if (queue.length === 1) continue;
    if (x === 'a') return out;
  }
  return out;
}`,
    args: fc.tuple(list, callback),
    level: 'safe',
  },
  {
    name: 'breadth first, with a closure that pushes',
    source: `interface Tree { id: unknown; children: Tree[] }
export function subject(root: Tree, f: (x: unknown) => unknown) {
  const queue = [root];
  const ids: unknown[] = [];
  while (queue.length) {
    const { id, children } = queue.shift()!;
    ids.push(id);
    if (f(id)) break;
    children.forEach((child) => queue.push(child));
  }
  return ids;
}`,
    args: fc.tuple(tree, callback),
    level: 'safe',
  },
  {
    name: 'level by level',
    source: `interface Tree { id: unknown; children: Tree[] }
export function subject(root: Tree) {
  const levels: unknown[][] = [];
  const queue = [root];
  while (queue.length !== 0) {
    const level: unknown[] = [];
    const width = queue.length;
    for (let i = 0; i < width; i++) {
      const node = queue.shift()!;
      level.push(node.id);
      queue.push(...node.children);
    }
    levels.push(level);
  }
  return levels;
}`,
    args: fc.tuple(tree),
    level: 'safe',
  },
  {
    name: 'undefined ends the loop',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  const queue = [...xs];
  const out: unknown[] = [];
  let x: unknown;
  while ((x = queue.shift()) !== undefined && true) out.push(x);
  const rest = [...xs];
  while ((x = rest.shift())) if (f(x) && out.push(x, rest.length) < 60) rest.push(x);
  return out;
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'a moving window',
    source: `export function subject(xs: unknown[], f: (x: unknown) => unknown) {
  const window: unknown[] = [];
  const sizes: unknown[] = [];
  for (const x of xs) {
    window.push(x);
    while (window.length && f(window[0])) window.shift();
    sizes.push(window.length, window[0]);
  }
  return sizes;
}`,
    args: fc.tuple(list, callback),
  },
  {
    name: 'an async drain',
    source: `export async function subject(xs: unknown[], f: (x: unknown) => unknown) {
  const pending = [...xs];
  const done: unknown[] = [];
  while (pending.length) {
    const x = pending.shift();
    if ((await f(x)) && done.length < 20) pending.push(null);
    done.push(x, pending.length);
  }
  return done;
}`,
    args: fc.tuple(list, callback),
    isAsync: true,
  },
] satisfies readonly EquivalenceSubject[];
