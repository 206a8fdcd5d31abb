import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assetPath } from '../../../../src/wasm/asset-path.ts';
import { capMemory } from '../../../../src/wasm/agent-booster/cap-memory.ts';
import { refuseCostly } from '../../../../src/wasm/agent-booster/edit-cost.ts';
import { refuseOtherBytes } from '../../../../src/wasm/agent-booster/load-engine.ts';
import { maskTemplates, unmask } from '../../../../src/wasm/agent-booster/mask-templates.ts';
import { restoreLayout } from '../../../../src/wasm/agent-booster/restore-layout.ts';
import { webAssembly } from '../../../../src/wasm/web-assembly.ts';

const megabyte = 2 ** 20;
const engine = readFileSync(assetPath('agent_booster_wasm_bg.wasm'));

describe('the engine file', () => {
  test('is the pinned one', () => {
    expect(() => {
      refuseOtherBytes(engine);
    }).not.toThrow();
  });

  test('is refused when one bit of it differs', () => {
    const other = Uint8Array.from(engine);
    other[other.length - 1] = (other.at(-1) ?? 0) ^ 1;
    expect(() => {
      refuseOtherBytes(other);
    }).toThrow(expect.objectContaining({ code: 'E_WASM_LOAD' }));
  });
});

describe('capMemory', () => {
  test('gives the engine a maximum and changes nothing else', () => {
    const capped = capMemory(engine, 64 * megabyte);
    expect(new webAssembly.Module(capped)).toBeDefined();
    expect(capped.length).toBe(engine.length + 2);
  });

  test('replaces a maximum that is there', () => {
    const once = capMemory(engine, 64 * megabyte);
    const twice = capMemory(once, 32 * megabyte);
    expect(Buffer.compare(capMemory(once, 64 * megabyte), once)).toBe(0);
    expect(Buffer.compare(twice, capMemory(engine, 32 * megabyte))).toBe(0);
  });

  test('refuses a limit below what the module starts with', () => {
    for (const limit of [megabyte, 0, -1, Number.NaN]) {
      expect(() => capMemory(engine, limit)).toThrow(expect.objectContaining({ code: 'E_WASM_MEMORY' }));
    }
  });

  test.each([
    ['nothing', []],
    ['a header alone', [0, 97, 115, 109, 1, 0, 0, 0]],
    ['two memories', [0, 97, 115, 109, 1, 0, 0, 0, 5, 5, 2, 0, 1, 0, 1]],
    ['a shared memory', [0, 97, 115, 109, 1, 0, 0, 0, 5, 4, 1, 3, 1, 2]],
    ['a number that never ends', [0, 97, 115, 109, 1, 0, 0, 0, 5, 255, 255, 255, 255, 255, 255]],
    ['a section that is cut off', [0, 97, 115, 109, 1, 0, 0, 0, 5]],
  ])('refuses %s', (_name, bytes) => {
    expect(() => capMemory(Uint8Array.from(bytes), 64 * megabyte)).toThrow(
      expect.objectContaining({ code: 'E_WASM_LOAD' }),
    );
  });
});

describe('refuseCostly', () => {
  const limit = 32 * megabyte;
  const edit = 'function f(a) {\n  return 1;\n}';

  test('lets an ordinary file pass', () => {
    const text = 'function f(a) {\n  return a;\n}\n\n'.repeat(200);
    expect(refuseCostly({ text, edit, language: 'jsx' }, limit)).toBeUndefined();
  });

  test.each([
    ['one function as large as its snippet', `function f() {${'x();\n'.repeat(20_000)}}`, 'x();\n'.repeat(20_000)],
    ['functions that are never closed', 'function f(a) {\n'.repeat(2_000), edit],
    ['very many functions', 'function f(a) {\n}\n'.repeat(28_000), edit],
    ['deep nesting', `${'function f(a) {\n'.repeat(3_000)}${'}\n'.repeat(3_000)}`, edit.repeat(20)],
    ['a text beyond the limit', `function f() {}\n${' '.repeat(600_000)}`, edit],
  ])('refuses %s', (_name, text, snippet) => {
    expect(refuseCostly({ text, edit: snippet, language: 'jsx' }, limit)).toMatch(/too long/);
  });

  test('refuses very many Python functions', () => {
    const text = 'def f(): pass\n'.repeat(20_000);
    expect(refuseCostly({ text, edit: 'def f(): return', language: 'python' }, limit)).toMatch(/too long/);
  });

  test('takes time linear to the text for what is never closed', () => {
    const text = `void f() {\n${'{\n'.repeat(250_000)}`;
    expect(refuseCostly({ text, edit, language: 'java' }, limit)).toMatch(/too long/);
  });

  test.each([
    ['statements', 'const a = 1;\nfoo({ a });\n'],
    ['a class that implements something', 'export class A extends B implements C {\n  f() {\n  }\n}\n'],
    ['a function that says what it returns', 'function f(a: string): number {\n  return 1;\n}\n'],
  ])('refuses a file of %s: the engine would take all of it for one block', (_name, text) => {
    expect(refuseCostly({ text, edit, language: 'typescript' }, limit)).toMatch(/sees no block/);
  });

  test('looks for blocks in time linear to the text, whatever is opened and not closed', () => {
    for (const opened of ['function f(', 'class A(', 'fn f(', 'func (', 'int f(', '   ', '\n', 'a a a ']) {
      for (const language of ['jsx', 'python', 'rust', 'go', 'java', 'cpp'] as const) {
        const text = opened.repeat(Math.floor(400_000 / opened.length));
        expect(refuseCostly({ text, edit, language }, limit)).toMatch(/sees no block/);
      }
    }
  });

  test('refuses a text that does not fit into a small memory', () => {
    const text = `function f() {\n}\n${'// é\n'.repeat(60_000)}`;
    expect(refuseCostly({ text, edit, language: 'jsx' }, 8 * megabyte)).toMatch(/too little memory/);
  });
});

describe('masked templates', () => {
  test('hold none of the words in one piece, and come back whole', () => {
    const edit = 'try {\n  await f(); throw new Error(typeof x); return null;\n} catch {}\nprivate a; public b;';
    const masked = maskTemplates(edit);
    expect(masked).not.toMatch(/try \{|await|throw|typeof|return null|private|public/);
    expect(unmask(masked)).toBe(edit);
  });

  test('leave other words alone', () => {
    const edit = 'awaiting = retry + publicly + throws;';
    expect(maskTemplates(edit)).toBe(edit);
  });
});

describe('restoreLayout', () => {
  const text = 'a\n\n  b\n  c\n\nd\n';

  test('gives back the blank lines and the indentation that the answer has lost', () => {
    expect(restoreLayout(text, 'a\nx\n y\n\nd\n', 'x\n y')).toBe('a\n\n  x\n   y\n\nd\n');
  });

  test('finds no block in an answer that differs elsewhere', () => {
    expect(restoreLayout(text, 'a\nx\n\ne\n', 'x')).toBeUndefined();
    expect(restoreLayout(text, 'x', 'a')).toBeUndefined();
    expect(restoreLayout(text, '', 'x')).toBeUndefined();
  });

  test('never takes an insertion for a replacement', () => {
    expect(restoreLayout(text, 'a\nx\n\n  b\n  c\n\nd\n', 'x')).toBeUndefined();
  });

  test('does not move the lines of a literal', () => {
    expect(restoreLayout(text, 'a\nx`\n`\n\nd\n', 'x`\n`')).toBeUndefined();
    expect(restoreLayout(text, 'a\nx"""\n"""\n\nd\n', 'x"""\n"""')).toBeUndefined();
  });

  test('does not move lines that do not share the indentation of the first', () => {
    expect(restoreLayout(text, 'a\n    x\n y\n\nd\n', '    x\n y')).toBeUndefined();
  });

  test('takes the lines above away that the snippet repeats', () => {
    expect(restoreLayout('@a\n@b\nold\nend\n', '@a\n@b\n@a\n@b\nnew\nend\n', '@a\n@b\nnew')).toBe('@a\n@b\nnew\nend\n');
  });

  test('takes as long as the text is, also for one that repeats itself', () => {
    const many = 'x\n'.repeat(200_000);
    expect(restoreLayout(`${many}y\n`, `${many}z\n`, 'z')).toBe(`${many}z\n`);
  });
});
