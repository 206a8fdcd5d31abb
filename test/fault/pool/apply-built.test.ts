import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type * as Library from '../../../src/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of the built library that a test may break. */
async function copyOfDist(): Promise<{ readonly folder: string; readonly load: () => Promise<typeof Library> }> {
  const folder = await mkdtemp(join(tmpdir(), 'booster-apply-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['bin', 'dist']) await cp(join(root, name), join(folder, name), { recursive: true });
  const url = pathToFileURL(join(folder, 'dist', 'index.js')).href;
  return { folder: join(folder, 'dist'), load: async () => (await import(url)) as typeof Library };
}

const request = {
  text: 'import os\n\n\ndef one(a):\n    b = a\n    return b\n\n\ndef two(a):\n    c = a\n    return c\n',
  edit: '# ... existing code ...\n\ndef one(a):\n    b = a + 1\n    return b\n\n# ... existing code ...\n',
  language: 'python',
  strictness: 'balanced',
} as const;

const script = {
  text: 'function a(x) {\n  return x + 1;\n}\n\nfunction b(x) {\n  return x * 2;\n}\n',
  edit: 'function a(x) {\n  return x + 2;\n}\n\n// ... existing code ...\n',
  language: 'jsx',
  strictness: 'balanced',
} as const;

const places = ['in-process', 'worker'] as const;

test('a missing grammar is named, lines are merged, and other languages are not affected', async () => {
  const { folder, load } = await copyOfDist();
  await rm(join(folder, 'wasm', 'tree-sitter-python.wasm'));
  const { WASMInstanceManager } = await load();
  const pool = new WASMInstanceManager({ maximum: 1, memoryLimitBytes: 512 * 2 ** 20, taskTimeoutMs: 20_000 });
  onTestFinished(() => pool.shutdown());
  for (const where of places) {
    const fallen = await pool.executeTask({ kind: 'apply', request }, { where });
    expect(fallen).toMatchObject({ status: 'applied', engine: 'fallback', fellBack: { code: 'E_WASM_LOAD' } });
    expect(JSON.stringify(fallen)).toContain('tree-sitter-python.wasm');
    const go = { ...request, text: request.text.replaceAll('def', 'func'), language: 'go' } as const;
    expect(await pool.executeTask({ kind: 'apply', request: go }, { where })).not.toHaveProperty('fellBack');
    expect(await pool.executeTask({ kind: 'apply', request: script }, { where })).toMatchObject({ engine: 'merge' });
  }
});

test('a grammar that is no module is named, and lines are merged', async () => {
  const { folder, load } = await copyOfDist();
  await writeFile(join(folder, 'wasm', 'tree-sitter-python.wasm'), 'not a module');
  const { applyEdit } = await load();
  expect(await applyEdit({ code: request.text, edit: request.edit, language: 'python' })).toMatchObject({
    status: 'applied',
    engine: 'fallback',
    fellBack: { code: 'E_WASM_LOAD' },
  });
});

test('with agent-booster missing or tampered with, edits are merged or refused as without it', async () => {
  const { folder, load } = await copyOfDist();
  const { applyEdit } = await load();
  const file = join(folder, 'wasm', 'agent_booster_wasm_bg.wasm');
  const bytes = await readFile(file);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const unplaceable = { code: script.text, edit: 'nowhere();\nin_this_file();\n', language: 'jsx' } as const;
  for (const breakIt of [() => writeFile(file, bytes), () => rm(file)]) {
    await breakIt();
    const merged = await applyEdit({ code: script.text, edit: script.edit, language: 'jsx' });
    expect(merged).toMatchObject({ status: 'applied', engine: 'merge' });
    expect(await applyEdit(unplaceable)).toMatchObject({ status: 'refused', code: script.text });
  }
});

test('a file too large for the parser is merged by lines, also by a small instance', async () => {
  const { load } = await copyOfDist();
  const { WASMInstanceManager } = await load();
  const pool = new WASMInstanceManager({ maximum: 1, memoryLimitBytes: 80 * 2 ** 20, taskTimeoutMs: 20_000 });
  onTestFinished(() => pool.shutdown());
  const filler = Array.from({ length: 60_000 }, (_, index) => `x${index}=[1,2,3,4,5]`).join('\n');
  const large = { ...request, text: `${request.text}\n\n${filler}\n` };
  for (const where of places) {
    const result = await pool.executeTask({ kind: 'apply', request: large }, { where });
    expect(result).toMatchObject({ status: 'applied', engine: 'fallback', fellBack: { code: 'E_FILE_TOO_LARGE' } });
  }
});
