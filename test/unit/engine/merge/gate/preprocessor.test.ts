import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines } from '../anchored/merged.ts';
import { gates, judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('c');
});

const file = lines('#ifdef TRACE', 'int traced = 1;', '#else', 'int traced = 0;', '#endif', 'int last = 2;');

function refused(before: string, result: string): boolean {
  return gates(judge(port, { file: before, edit: result, result, language: 'c' })).includes('G4');
}

describe('a condition of the preprocessor', () => {
  it('may not lose its beginning, its end, or get a second other branch', () => {
    expect(refused(file, file.replace('#ifdef TRACE\n', ''))).toBe(true);
    expect(refused(file, file.replace('#endif\n', ''))).toBe(true);
    expect(refused(file, file.replace('#endif\n', '#else\n#endif\n'))).toBe(true);
  });

  it('may go as a whole, come as a whole, or change its name', () => {
    expect(refused(file, lines('int traced = 1;', 'int last = 2;'))).toBe(false);
    expect(refused(file, `${file}${lines('#if A', 'int more = 3;', '#elif B', 'int more = 4;', '#endif')}`)).toBe(
      false,
    );
    expect(refused(file, file.replace('TRACE', 'TRACES'))).toBe(false);
  });

  it('proves nothing where the file was not whole before', () => {
    const half = file.replace('#endif\n', '');
    expect(refused(half, half.replace('TRACE', 'TRACES').replace('#else\n', ''))).toBe(false);
  });
});
