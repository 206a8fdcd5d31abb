import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bin = join(process.cwd(), 'bin/booster.cjs');
const schema = {
  title: 'User',
  type: 'object',
  required: ['id', 'name'],
  properties: {
    id: { type: 'integer', minimum: 1 },
    name: { type: 'string', minLength: 1, pattern: '^\\p{L}' },
    born: { type: 'string', format: 'date' },
    mail: { type: 'string', format: 'email' },
    key: { type: 'string', format: 'uuid' },
    at: { type: 'string', format: 'date-time' },
    friends: { type: 'array', items: { $ref: '#' } },
  },
};
const source =
  'export function total(values: number[], tax?: number): number {\n  return values.length * (tax ?? 1);\n}\n';
const sample = '--set=sample={"id":1,"name":"Ada"}';

const calls: readonly (readonly string[])[] = [
  ['types', 'User', '--input', 'schema.json'],
  ['types', 'User', '--input', 'sample.json'],
  ['types', 'Api', '--input', 'openapi.json'],
  ['validator', 'User', '--input', 'schema.json'],
  ['validator', 'User', '--input', 'schema.json', '--set', 'errors=all', '--out', 'user.js'],
  ...['fastify', 'express', 'hono'].flatMap((framework) =>
    ['list', 'get', 'create'].map((action) => [
      ...['route', 'User', '--input', 'schema.json', sample, '--set', `action=${action}`],
      ...['--set', `framework=${framework}`],
    ]),
  ),
  ...['ring-buffer', 'heap', 'prefix-index', 'lru', 'buffer-pool'].map((kind) => [
    'collection',
    '--set',
    `kind=${kind}`,
  ]),
  ['equivalence', 'total', '--input', 'total.ts', '--set', 'against=./before.ts'],
  ['bench', 'total', '--input', 'total.ts', '--set', 'against=./before.ts'],
  ['worker-pool', 'total', '--input', 'total.ts'],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-node-versions-'));
  writeFileSync(join(folder, 'package.json'), '{}');
  writeFileSync(join(folder, 'schema.json'), JSON.stringify(schema));
  writeFileSync(join(folder, 'sample.json'), '{ "id": 1, "tags": ["a", 1], "ä": { "b": null } }');
  const openapi = { openapi: '3.1.0', components: { schemas: { User: { type: 'object' } } } };
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(openapi));
  writeFileSync(join(folder, 'total.ts'), source);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A hash of the files that each call gives; figures that were measured are evidence and in no file. */
async function hashes(node: readonly [file: string, ...args: string[]]): Promise<readonly string[]> {
  const [file, ...args] = node;
  const found: string[] = [];
  for (const call of calls) {
    const env = { BOOSTER_RECORDS: 'never' };
    const all = [...args, bin, 'generate', ...call, '--json', '--isolated'];
    const { stdout } = await execa(file, all, { cwd: folder, env });
    const { files } = JSON.parse(stdout) as { files: readonly unknown[] };
    expect(files.length).toBeGreaterThan(0);
    found.push(`${call.join(' ')}: ${createHash('sha256').update(JSON.stringify(files)).digest('hex')}`);
  }
  return found;
}

describe('the same input gives the same bytes', () => {
  it.for(['20', '22', '24'])('on Node %s as on the Node that runs this', async (major, { skip }) => {
    const npx = ['npx', '--yes', `node@${major}`] as const;
    const { stdout, exitCode } = await execa('npx', [...npx.slice(1), '--version'], {
      ...{ cwd: folder, reject: false, timeout: 120_000 },
    });
    if (exitCode !== 0 || !stdout.startsWith(`v${major}.`)) skip(`node@${major} cannot be had from the registry`);
    const path = await execa('npx', [...npx.slice(1), '-p', 'process.execPath'], { cwd: folder });
    expect(await hashes([path.stdout.trim()])).toEqual(await hashes([process.execPath]));
  });
});
