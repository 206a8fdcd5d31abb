import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Project } from '../../cli/project.ts';

function command(...words: [string, ...string[]]): boolean {
  const [name, ...args] = words;
  return spawnSync(name, args, { stdio: 'ignore' }).status === 0;
}

/** Only root may mount, and not in every container. */
const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'booster-mount-'));
  const isMounted = command('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
  if (isMounted) command('umount', folder);
  rmSync(folder, { recursive: true });
  return isMounted;
})();

let project: Project;
let state: string;

beforeEach(() => {
  project = new Project();
  project.write('a.ts', 'export const hit = (xs: Set<number>) => [...xs].includes(1);\n');
  state = join(project.folder, '.state');
  mkdirSync(state);
  command('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', state);
});

afterEach(() => {
  command('umount', state);
  project.remove();
});

const run = (args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) =>
  project.run(['optimize', 'a.ts', '--reporter', 'concise', ...args], { env: { XDG_STATE_HOME: state, ...env } });

describe.skipIf(!canMount)('a file system for records', () => {
  it.each([
    ['that is full', 'no space left on the device', fill],
    [
      'that is read-only',
      'the file system is read-only',
      (): void => {
        command('mount', '-o', 'remount,ro', state);
      },
    ],
  ])('%s changes neither result nor exit code, and costs one line', async (_what, reason, spoil) => {
    await run();
    const alone = await run(['--no-record', '--no-cache']);
    spoil();
    for (const env of [{}, { BOOSTER_REDIS_URL: 'redis://127.0.0.1:1' }]) {
      const { stdout, stderr, exitCode } = await run([], env);
      expect({ stdout, exitCode }).toEqual({ stdout: alone.stdout, exitCode: alone.exitCode });
      const lines = stderr.split('\n').filter((line) => line.startsWith('not recorded: '));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain(reason);
      expect(await run(['-q'], env)).toMatchObject({ stderr: '', exitCode: alone.exitCode });
    }
    const listed = await project.run(['runs', 'list'], { env: { XDG_STATE_HOME: state } });
    expect(listed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('a.ts') as string });
  });

  it('takes records again when there is room', async () => {
    await run();
    fill();
    await run();
    rmSync(join(state, 'ballast'));
    await run();
    const { stdout, stderr } = await project.run(['runs', 'list', '--json'], { env: { XDG_STATE_HOME: state } });
    expect((JSON.parse(stdout) as { runs: unknown[] }).runs).toHaveLength(2);
    expect(stderr).toBe('');
  });
});

function fill(): void {
  const { bavail, bsize } = statfsSync(state);
  writeFileSync(join(state, 'ballast'), Buffer.alloc(bavail * bsize));
  // what is left in the last page of the open file would still fit; empty lines mean nothing
  spawnSync('sh', ['-c', 'yes "" | head -c 4096 >> "$0" 2>/dev/null', join(state, 'booster', 'runs', 'open.jsonl')]);
}
