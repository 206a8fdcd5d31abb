import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';

/** Bundles a program for the tests of one file: Node 20 does not load TypeScript. Call at the top level. */
export function bundleWriter(entry = new URL('writer.ts', import.meta.url)): { readonly path: () => string } {
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'booster-writer-'));
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile: join(folder, 'writer.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return { path: () => join(folder, 'writer.mjs') };
}

export function startNode(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Everything a process prints until it ends. */
export async function output(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve) =>
    child.on('close', () => {
      resolve(text);
    }),
  );
}
