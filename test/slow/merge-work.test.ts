import { beforeAll, describe, expect, it } from 'vitest';
import { mergeEdit } from '../../src/engine/merge/merge-edit.ts';
import type { MergeResult } from '../../src/engine/merge/merge.ts';
import type { Outline, OutlinePort } from '../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../src/engine/merge/source-language.ts';
import { openOutlines } from '../apply/open-outlines.ts';

/** How often the parser is asked, and for how many different texts. */
class CountingPort implements OutlinePort {
  readonly texts: string[] = [];
  readonly #port: OutlinePort;

  constructor(port: OutlinePort) {
    this.#port = port;
  }

  outline(text: string, language: SourceLanguage): Outline | undefined {
    this.texts.push(text);
    return this.#port.outline(text, language);
  }
}

let outlines: OutlinePort;

beforeAll(async () => {
  outlines = await openOutlines('typescript');
});

const marker = '// ... existing code ...\n';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}

function merge(text: string, edit: string, port = outlines): MergeResult {
  return mergeEdit({ text, edit, language: 'typescript', strictness: 'balanced' }, port);
}

function codeOf(result: MergeResult): string {
  return result.status === 'refused' ? result.code : result.status;
}

const functions = lines(300, (index) => `export function f${index}(a: number) {\n  return a * ${index};\n}\n`);

describe('how often the parser is asked', () => {
  it('reads the file once and the result once where the place is clear', () => {
    const port = new CountingPort(outlines);
    const edit = `${marker}export function f7(a: number) {\n  return a + 7;\n}\n\n${marker}`;
    expect(codeOf(merge(functions, edit, port))).toBe('applied');
    expect(port.texts.filter((text) => text === functions)).toHaveLength(1);
    expect(new Set(port.texts).size).toBe(2);
  });

  it('does not read a result that its lines already speak against', () => {
    const port = new CountingPort(outlines);
    const edit = `${marker}export function f7(a: number) {\n  return a + 7;\n}\n\n${marker}export function f3(a: number) {\n`;
    merge(functions, edit, port);
    expect(new Set(port.texts).size).toBeLessThanOrEqual(3);
  });

  it('reads at most eight results where a line stands everywhere', () => {
    const port = new CountingPort(outlines);
    const file = lines(50, () => 'same();');
    merge(file, `${marker}same();\nother();\nsame();\n${marker}`, port);
    expect(
      port.texts.filter((text) => text.includes('other();') && text.includes('same();\nsame();')).length,
    ).toBeLessThan(10);
  });
});

// The time-out of the test is what says that none of these hangs: each took half a minute or more before it was counted.
describe('what is too much', () => {
  it('merges 1,000 changed functions of a long file by their names', () => {
    const file = lines(4_000, (index) => `export function f${index}(a: number) {\n  return a * ${index};\n}\n`);
    const edit = lines(
      1_000,
      (index) => `export function f${4 * index}(a: number) {\n  return a + ${index};\n}\n\n${marker.trim()}`,
    );
    const result = merge(file, edit);
    expect(result).toMatchObject({ status: 'applied' });
    expect(result.status === 'refused' ? [] : result.edits).toHaveLength(1_000);
  });

  it('refuses 100,000 equal lines of which one is meant', () => {
    const file = lines(100_000, () => 'same();');
    expect(codeOf(merge(file, `${marker}same();\nother();\nsame();\n${marker}`))).toMatch(/^E_APPLY_/);
  });

  it('refuses 100,000 equal lines with an edit of 20,000', () => {
    const file = lines(100_000, () => 'same();');
    expect(
      codeOf(
        merge(
          file,
          lines(20_000, () => 'same();'),
        ),
      ),
    ).toBe('E_APPLY_BUDGET');
  });

  it('refuses an edit of 10,000 parts', () => {
    const file = lines(10_000, (index) => `const value${index} = call(${index});`);
    const edit = lines(10_000, (index) => `const value${index} = call(${index}, 1);\n${marker.trim()}`);
    expect(codeOf(merge(file, edit))).toBe('E_APPLY_BUDGET');
  });

  it('refuses 10,000 new imports among 10,000 others', () => {
    const file = lines(10_000, (index) => `import { a${index} } from 'm${index}';`);
    const edit = lines(10_000, (index) => `import { b${index} } from 'm${index}';`);
    expect(codeOf(merge(file, edit))).toBe('E_APPLY_BUDGET');
  });

  it('refuses a diff of 3,000 hunks in lines that are all alike', () => {
    const file = lines(50_000, () => 'same();');
    const hunk = (index: number): string =>
      `@@ -${9 * index + 1},3 +${9 * index + 1},3 @@\n same();\n-same();\n+other();\n same();`;
    expect(codeOf(merge(file, `--- a/x.ts\n+++ b/x.ts\n${lines(3_000, hunk)}`))).toBe('E_APPLY_BUDGET');
  });

  it('takes a line of a million characters', () => {
    const file = `const a = "${'x'.repeat(1_000_000)}";\nconst b = 1;\n`;
    expect(codeOf(merge(file, `${marker}const b = 2;\n`))).toBe('applied');
  });

  it('refuses a place in a file of blank lines', () => {
    expect(codeOf(merge('\n'.repeat(100_000), `${marker}const b = 2;\n`))).toMatch(/^E_APPLY_/);
  });

  it('refuses a place among 20,000 closing brackets', () => {
    const file = lines(20_000, () => '}');
    expect(codeOf(merge(file, `${marker}}\nfoo();\n}\n${marker}`))).toMatch(/^E_APPLY_/);
    expect(codeOf(merge(file, `${file}foo();\n`))).toMatch(/^E_APPLY_/);
  });
});
