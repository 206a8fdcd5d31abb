import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { applyEdits } from '../../../../src/engine/edit.ts';
import { OutlineReader } from '../../../../src/wasm/outline/outline-reader.ts';
import { loadTreeSitterRuntime } from '../../../../src/wasm/tree-sitter-runtime.ts';
import { rootOnly } from '../../../../src/wasm/tree-builder.ts';

const memoryLimitBytes = 64 * 2 ** 20;
const scripts = {
  parse: (text: string) => rootOnly({ text, language: 'jsx', source: 'oxc', comments: [], problems: [] }),
};

/** `MY_EXTERN` is blanked, which leaves one error; as it stands there are two. */
const code = 'MY_EXTERN int f(int a);\nint h( {\nint i(void) { return 1; }\n';

async function prepared(): Promise<OutlineReader> {
  const reader = new OutlineReader({ scripts, memoryLimitBytes });
  reader.outline('(', 'c');
  await reader.prepare();
  return reader;
}

/** The code with another number, and how it is asked for. */
function changed(to: string) {
  const start = code.indexOf('1;');
  const edits = [{ start, end: start + 1, text: to }];
  return { text: applyEdits(code, edits), change: { base: code, edits } };
}

describe('a C file with errors whose macros are blanked', () => {
  let reads = vi.fn();
  beforeAll(async () => {
    const runtime = await loadTreeSitterRuntime(memoryLimitBytes);
    reads = vi.spyOn(runtime, 'read') as typeof reads;
  });
  afterEach(() => {
    reads.mockClear();
  });

  test('is read twice, with and without its macros', async () => {
    const outline = (await prepared()).outline(code, 'c', 'base');
    expect(outline?.errors.length).toBeGreaterThan(0);
    expect(reads.mock.calls.filter(([text]) => String(text).includes('int h('))).toHaveLength(2);
  });

  test('its result is read as the file was, once, and is what reading it twice gives', async () => {
    const reader = await prepared();
    const outline = reader.outline(code, 'c', 'base');
    const { text, change } = changed('2');
    reads.mockClear();
    const asBase = reader.outline(text, 'c', { ...change, ...(outline && { outline }) });
    expect(reads).toHaveBeenCalledTimes(1);
    const again = await prepared();
    expect(asBase).toEqual(again.outline(text, 'c', change));
  });

  test('its result with more errors is read both ways', async () => {
    const reader = await prepared();
    const outline = reader.outline(code, 'c', 'base');
    const { text, change } = changed('2; } int j( { int k(');
    reads.mockClear();
    reader.outline(text, 'c', { ...change, ...(outline && { outline }) });
    expect(reads).toHaveBeenCalledTimes(2);
  });

  test('what was read as a change of one text is no answer for another', async () => {
    const reader = await prepared();
    const outline = reader.outline(code, 'c', 'base');
    const { text, change } = changed('2');
    reader.outline(text, 'c', { ...change, ...(outline && { outline }) });
    reads.mockClear();
    reader.outline(text, 'c', { ...change, ...(outline && { outline }) });
    expect(reads).not.toHaveBeenCalled();
    reader.outline(text, 'c', { base: text, edits: [] });
    expect(reads).toHaveBeenCalledTimes(2);
  });
});
