import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merge, merged } from '../anchored/merged.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('javascript', 'python');
});

const one = lines('  one() {', '    return 1;', '  }', '');
const two = lines('  two() {', '    return 2;', '  }', '');
const three = lines('  three() {', '    return 3;', '  }');
const file = `class A {\n${one}${two}${three}}\n`;

describe('a class that is shown without some of its methods', () => {
  it('is refused when another method changes: they may have been left out', () => {
    const changed = two.replace('2;', '22;');
    for (const edit of [
      `class A {\n${changed}}\n`,
      `class A {\n${changed}${three}}\n`,
      `class A {\n${one}${changed}}\n`,
    ])
      expect(merge(port, { file, edit, language: 'javascript' })).toMatchObject({ status: 'refused' });
  });

  it('is refused in Python, too', () => {
    const python = lines(
      'class A:',
      '    def one(self):',
      '        return 1',
      '',
      '    def two(self):',
      '        return 2',
      '',
      '    def three(self):',
      '        return 3',
    );
    const edit = lines(
      'class A:',
      '    def one(self):',
      '        return 11',
      '',
      '    def three(self):',
      '        return 3',
    );
    expect(merge(port, { file: python, edit, language: 'python' })).toMatchObject({ status: 'refused' });
  });

  it('loses them when that is all that the edit can mean', () => {
    expect(merged(port, { file, edit: `class A {\n${one}${three}}\n`, language: 'javascript' })).toBe(
      `class A {\n${one}${three}}\n`,
    );
  });

  it('keeps them where a marker stands for them', () => {
    const changed = two.replace('2;', '22;');
    const edit = `class A {\n  // ... existing code ...\n${changed}  // ... existing code ...\n}\n`;
    expect(merged(port, { file, edit, language: 'javascript' })).toBe(file.replace('2;', '22;'));
  });
});

describe('text without markers', () => {
  const settings = lines('{', '  "name": "a",', '  "version": "1.0.0",', '  "private": true,', '  "files": []', '}');

  it('is refused when more of the file goes than is shown of what stays', () => {
    const edit = lines('{', '  "name": "a",', '  "version": "1.0.1"', '}');
    expect(merged(port, { file: settings, edit })).toBe('E_APPLY_LOSSY');
  });

  it('may be the whole file', () => {
    const edit = settings.replace('1.0.0', '1.0.1');
    expect(merged(port, { file: settings, edit })).toBe(edit);
  });
});
