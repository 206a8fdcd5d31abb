import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merged } from '../anchored/merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript');
});

const helper = lines('export function helper(a) {', '  return a + 1;', '}', '');
const parseOld = lines('/** As it was. */', 'function parseOld(text) {', '  return text.trim();', '}', '');
const rest = lines('export const answer = 42;', 'export const question = helper(answer);');

describe('a directive beside another change', () => {
  it('takes out what it names, with the comment above it', () => {
    const edit = lines(
      '// ... existing code ...',
      'export function helper(a) {',
      '  return a + 2;',
      '}',
      '// ... existing code ...',
      '// remove parseOld',
      '// ... existing code ...',
    );
    expect(merged(port, { file: helper + parseOld + rest, edit, language: 'javascript' })).toBe(
      helper.replace('a + 1', 'a + 2') + rest,
    );
  });

  it('is not forgotten when it cannot be followed', () => {
    const file = helper + parseOld.replaceAll('parseOld', 'helper') + rest;
    const edit = lines('// ... existing code ...', '// remove helper', '// ... existing code ...');
    expect(merged(port, { file, edit, language: 'javascript' })).toBe('E_APPLY_AMBIGUOUS');
  });
});
