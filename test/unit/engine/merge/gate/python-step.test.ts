import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines } from '../anchored/merged.ts';
import { gates, judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('python');
});

const file = lines(
  'def expand(args):',
  '    from glob import glob',
  '    out = []',
  '    for arg in args:',
  '        matches = glob(arg)',
  '        if not matches:',
  '            out.append(arg)',
  '    return out',
);

describe('in Python', () => {
  it('no line gets below one that opens no block', () => {
    const edit = lines(
      '# ... existing code ...',
      '    from glob import glob',
      '        if not matches:',
      '            out.append(arg)',
      '# ... existing code ...',
    );
    const all = file.split('\n');
    const result = [...all.slice(0, 2), ...all.slice(5)].join('\n');
    expect(gates(judge(port, { file, edit, result, language: 'python' }))).toContain('G14');
  });

  it('the lines of a string are as deep as they like', () => {
    const script = lines('SCRIPT = """', 'if test a', '  echo b', 'end', 'if test c', '  echo d', 'end', '"""');
    const edit = lines('# ... existing code ...', 'if test c', 'echo c;', '  echo d', 'end', '"""');
    const result = script.replace('if test c', 'if test c\necho c;');
    expect(gates(judge(port, { file: script, edit, result, language: 'python' }))).not.toContain('G14');
  });

  it('a line may be deeper below a header, an open bracket and an operator', () => {
    const edit = lines(
      '# ... existing code ...',
      '        matches = glob(',
      '            arg,',
      '        )',
      '        if not matches and \\',
      '                args:',
      '            out.append(arg)',
      '# ... existing code ...',
    );
    const result = file
      .replace('glob(arg)', 'glob(\n            arg,\n        )')
      .replace('matches:', 'matches and \\\n                args:');
    expect(gates(judge(port, { file, edit, result, language: 'python' }))).toEqual([]);
  });
});
