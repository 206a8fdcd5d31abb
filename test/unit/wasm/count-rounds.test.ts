import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countRounds } from '../../../scripts/count-rounds.mjs';

const published = readFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm');

describe('the module that counts what a parse does', () => {
  it('is the one of the build, valid, with one number more', () => {
    const counted = countRounds(published) as Uint8Array;
    expect(Buffer.compare(counted, readFileSync('dist/wasm/web-tree-sitter.wasm'))).toBe(0);
    expect(counted.length - published.length).toBeLessThan(100);
  });

  it('is not made of a module whose loops are not known', () => {
    expect(() => countRounds(Buffer.concat([published, Buffer.from([0])]))).toThrow('is another one');
  });
});
