import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { generateCode } from '../../src/app/generate-code.ts';
import type { GenerateCodeOptions } from '../../src/app/generate-code.ts';
import { lintErrors, typeErrors } from '../unit/generators/judge-code.ts';

const schema = {
  title: 'user',
  type: 'object',
  required: ['id', 'name'],
  additionalProperties: false,
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 1 },
    born: { type: 'string', format: 'date' },
  },
};
const input = JSON.stringify(schema);
const frameworks = ['fastify', 'express', 'hono'];
const actions = ['list', 'get', 'create'];

async function filesOf(options: Partial<GenerateCodeOptions>): Promise<Record<string, string>> {
  const { files } = await generateCode({ generator: 'route', input, ...options });
  return Object.fromEntries(files.map(({ path, contents }) => [path, contents]));
}

/** All nine endpoints with their tests. */
async function everyEndpoint(): Promise<Record<string, string>> {
  const all = frameworks.flatMap((framework) =>
    actions.map((action) => filesOf({ options: { framework, action }, filename: `${framework}-${action}.ts` })),
  );
  return Object.assign({}, ...(await Promise.all(all))) as Record<string, string>;
}

describe('a generated endpoint', () => {
  it('passes strict and lints clean with its test, for each framework and action', async () => {
    const files = await everyEndpoint();
    expect(Object.keys(files)).toHaveLength(18);
    expect(typeErrors(files, ['node'])).toEqual([]);
    const names = Object.keys(files);
    const found = await Promise.all(names.map((name) => lintErrors(name, files[name]!)));
    expect(found.flat()).toEqual([]);
  });

  it('passes its own test, for each framework and action', async () => {
    const folder = mkdtempSync(join(import.meta.dirname, '.run-'));
    try {
      writeFileSync(join(folder, 'vitest.config.mjs'), 'export default {};\n');
      for (const [name, text] of Object.entries(await everyEndpoint())) writeFileSync(join(folder, name), text);
      const vitest = join(process.cwd(), 'node_modules/vitest/vitest.mjs');
      const options = { reject: false, env: { NO_COLOR: '1', FORCE_COLOR: '0' } } as const;
      const { stdout, exitCode } = await execa(
        process.execPath,
        [vitest, 'run', '--no-isolate', '--root', folder],
        options,
      );
      expect(/Tests +(.*)/.exec(stdout)?.[1]).toBe('33 passed (33)');
      expect(exitCode).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
