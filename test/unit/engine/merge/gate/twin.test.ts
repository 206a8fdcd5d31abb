import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines, merged } from '../anchored/merged.ts';
import { judge } from './judge.ts';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('go', 'cpp');
});

const marker = '// ... existing code ...';

const waiting = (name: string, loop: readonly string[], onTimer: string, onValue: string): string[] => [
  `func ${name}(condition func() bool, waitFor time.Duration) bool {`,
  '\ttimer := time.NewTimer(waitFor)',
  '\tdefer timer.Stop()',
  ...loop,
  '\t\tcase <-timer.C:',
  `\t\t\t${onTimer}`,
  '\t\tcase v := <-ch:',
  '\t\t\tif v {',
  `\t\t\t\t${onValue}`,
  '\t\t\t}',
  '\t\t}',
  '\t}',
  '}',
  '',
];
const oldLoop = ['\tfor tick := ticker.C; ; {', '\t\tselect {'];
const newLoop = ['\tgo check()', '\tvar tick <-chan time.Time', '\tfor {', '\t\tselect {'];
const satisfied = 'return Fail(t, "condition satisfied")';
const never = waiting('Never', oldLoop, 'return true', satisfied);
const file = lines(
  'package assert',
  '',
  ...waiting('Eventually', newLoop, 'return Fail(t, "condition never satisfied")', 'return true'),
  ...never,
);
const changed = waiting('Never', newLoop, 'return true', satisfied);

describe('a part that fits two functions which are nearly equal', () => {
  it('does not go to the one that is in the new form already', () => {
    const edit = lines(marker, ...changed.slice(1, -1), marker);
    const result = file
      .replace('return Fail(t, "condition never satisfied")', 'return true')
      .replace('\t\t\t\treturn true', `\t\t\t\t${satisfied}`);
    const failures = judge(port, { file, edit, result, language: 'go' }).failures.map(({ message }) => message);
    expect(failures.join()).toContain('where the part fits as well');
    expect(merged(port, { file, edit, language: 'go' })).toMatch(/^E_APPLY/);
  });

  it('goes to the one that it names', () => {
    const edit = lines(marker, ...changed.slice(0, -1), marker);
    expect(merged(port, { file, edit, language: 'go' })).toBe(file.replace(lines(...never), lines(...changed)));
  });

  it('goes to the one that has all its lines but the new ones', () => {
    const edit = lines(
      marker,
      '\t\tcase <-timer.C:',
      '\t\t\treturn Fail(t, "condition never satisfied")',
      '\t\tcase v := <-ch:',
      '\t\t\tif v {',
      '\t\t\t\tcount++',
      '\t\t\t\treturn true',
      marker,
    );
    expect(merged(port, { file, edit, language: 'go' })).toContain('\t\t\t\tcount++\n\t\t\t\treturn true\n');
  });
});

describe('a definition that comes in', () => {
  const source = lines(
    'package mock',
    '',
    'func describe(options []Option) string {',
    '\tname := getFunction(options[0])',
    '\treturn name.String()',
    '}',
    '',
    'func getFunction(option Option) *Function {',
    '\treturn lookUp(valueOf(option).Pointer())',
    '}',
    '',
    'func nameOf(function *Function) string {',
    '\treturn function.Name()',
    '}',
  );
  const fresh = ['func runtimeFunction(option Option) *Function {', '\treturn lookUp(valueOf(option).Pointer())', '}'];

  it('may be another that was renamed, when the edit took out all that used that one', () => {
    const describes = [
      'func describe(options []Option) string {',
      '\tname := runtimeFunction(options[0])',
      '\treturn name.String()',
      '}',
    ];
    const edit = lines(marker, ...describes, '', ...fresh, '', marker);
    expect(merged(port, { file: source, edit, language: 'go' })).toBe('E_APPLY_AMBIGUOUS');
  });

  it('is a new one where the other is used as before', () => {
    const edit = lines(
      marker,
      '\treturn name.String()',
      '}',
      '',
      ...fresh,
      '',
      'func getFunction(option Option) *Function {',
      marker,
    );
    expect(merged(port, { file: source, edit, language: 'go' })).toBe(
      source.replace('func getFunction', `${lines(...fresh, '')}func getFunction`),
    );
  });
});

describe('an include behind a definition', () => {
  const source = lines(
    'class Sink {',
    '    static int instance_;',
    '    int name_;',
    '};',
    'template<>',
    'int Holder<Sink>::instance_{};',
    '',
    '#include <mutex>',
    'using sink_mt = Sink;',
  );

  it('is not set apart from it by lines that the edit does not have', () => {
    const edit = lines('class Sink {', '    int instance_;', '    int name_;', '};', '', '#include <mutex>', marker);
    const result = merged(port, { file: source, edit, language: 'cpp' });
    expect(result === 'E_APPLY_AMBIGUOUS' || !result.includes('template<>')).toBe(true);
  });

  it('does not tell whether a line between it and a definition that changes stays or goes', () => {
    const edit = lines(
      '#include <mutex>',
      '',
      'class Sink {',
      '    static int instance_;',
      '    int other_;',
      '};',
      marker,
    );
    const file = lines('#include <mutex>', 'int first_;', '') + source.replace('#include <mutex>\n', '');
    expect(merged(port, { file, edit, language: 'cpp' })).toMatch(/^E_APPLY/);
  });
});
