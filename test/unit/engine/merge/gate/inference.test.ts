import { beforeAll, describe, expect, it } from 'vitest';
import type { OutlinePort } from '../../../../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../../../../src/engine/merge/source-language.ts';
import { openOutlines } from '../../../../apply/open-outlines.ts';
import { lines } from '../anchored/merged.ts';
import { judge } from './judge.ts';

const marker = '// ... existing code ...';

let port: OutlinePort;

beforeAll(async () => {
  port = await openOutlines('go', 'cpp', 'java', 'python');
});

function failures(language: SourceLanguage, file: string, edit: string, result: string): string {
  return judge(port, { file, edit, result, language })
    .failures.map(({ gate, message }) => `${gate} ${message}`)
    .join('\n');
}

describe('a line that comes in close to its like (G7)', () => {
  const file = lines('int run() {', '    prepare(all);', '    report(result);', '    return result;', '}');

  it('is refused where the edit shows it once', () => {
    const edit = lines('int run() {', '    report(result);', '    prepare(all);', marker);
    const result = file.replace('    prepare', '    report(result);\n    prepare');
    expect(failures('cpp', file, edit, result)).toContain('G7 `report(result);` would stand twice, close together');
  });

  it('may come where the edit shows both', () => {
    const edit = lines('int run() {', '    report(result);', '    prepare(all);', '    report(result);', marker);
    const result = file.replace('    prepare', '    report(result);\n    prepare');
    expect(failures('cpp', file, edit, result)).toBe('');
  });

  it('may come where it says nothing: labels and closing tags', () => {
    const moved = lines('class Sink {', '    int id_;', 'private:', '    int fd_;', '    void open();', '};');
    const result = lines(
      'class Sink {',
      'private:',
      '    int id_;',
      'private:',
      '    int fd_;',
      '    void open();',
      '};',
    );
    const above = lines('class Sink {', 'private:', '    int id_;', marker);
    expect(failures('cpp', moved, above, result)).not.toContain('would stand twice');
  });

  it('may begin another group of Go', () => {
    const go = lines('package tool', '', 'const (', '\tfirst = 1', ')', '', 'func run() {}');
    const group = ['const (', '\tsecond = 2', ')', ''];
    const edit = lines(marker, ...group, 'func run() {}');
    expect(failures('go', go, edit, go.replace('func', `${group.join('\n')}\nfunc`))).not.toContain(
      'would stand twice',
    );
  });
});

describe('what stands between an import and a definition that follows it in the edit', () => {
  const file = lines('#include <mutex>', 'int first_;', '', 'class Sink {', '    int name_;', '};', 'int last_;');
  const edit = lines('#include <mutex>', '', 'class Sink {', '    int other_;', '};', marker);
  const changed = file.replace('name_', 'other_');

  it('does not go (G5)', () => {
    expect(failures('cpp', file, edit, changed.replace('int first_;\n', ''))).toContain('G5 first_ would be lost');
  });

  it('does not stay without a word (G15)', () => {
    expect(failures('cpp', file, edit, changed)).toContain('G15 `int first_;` stands between two parts');
  });

  it('stays behind an import that comes in', () => {
    const fresh = edit.replace('<mutex>', '<string>');
    expect(failures('cpp', file, fresh, `#include <string>\n${changed}`)).not.toContain('G15 `int first_;` stands');
  });
});

describe('lines next to a marker (G9)', () => {
  it('do not go', () => {
    const file = lines('void run() {', '    load();', '    check();', '    save();', '}');
    const edit = lines('void run() {', '    load();', marker, '    save();', '}');
    expect(failures('cpp', file, edit, file.replace('    check();\n', ''))).toContain(
      'G9 `check();` would go where a marker',
    );
  });

  it('do not go from the end of a definition of Python that goes on there', () => {
    const file = lines('def run(self):', '    load()', '    check()', '    save()', '', 'def stop(self):', '    pass');
    const edit = lines('def run(self):', '    load_all()', '    # ... existing code ...');
    const result = file.replace('load()', 'load_all()').replace('    check()\n    save()\n', '');
    expect(failures('python', file, edit, result)).toContain('G9 ');
  });
});

describe('a function with other parameter types (G15)', () => {
  const file = lines(
    'class Box {',
    '    int size(int n) {',
    '        return n;',
    '    }',
    '',
    '    void clear() {}',
    '}',
  );
  const own = ['    int size(long[] all) {', '        return sum(all);', '    }'];

  it('does not take the place of the one of its name when it is sent alone', () => {
    const result = file.replace(/ {4}int size[^]*?\n {4}\}\n/, lines(...own));
    expect(failures('java', file, lines(...own), result)).toContain('G15 Box.size could be an overload of');
  });

  it('takes it when most of its lines stay', () => {
    const same = ['    int size(long n) {', '        return n;', '    }'];
    const result = file.replace('int size(int n)', 'int size(long n)');
    expect(failures('java', file, lines(...same), result)).not.toContain('overload');
  });
});

describe('a part that stands in the file as it is (G15)', () => {
  it('is not taken for done where most of it would be new at another place', () => {
    const send = (name: string, ...log: readonly string[]): string[] => [
      `def ${name}(self, request):`,
      '    reply = self.pass_on(request)',
      ...log,
      '    return reply',
      '',
    ];
    const fresh = ['    log.info(', '        "%s %s",', '        reply.status,', '    )'];
    const file = lines(...send('send', ...fresh), ...send('send_later', '    log.debug("%s", reply.status)'));
    const edit = lines(
      '# ... existing code ...',
      '    reply = self.pass_on(request)',
      ...fresh,
      '    return reply',
      '# ... existing code ...',
    );
    expect(failures('python', file, edit, file)).toContain('stand there as they are, and could change line');
  });
});
