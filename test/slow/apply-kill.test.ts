import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../unit/files/temp-folder.ts';

const bin = fileURLToPath(new URL('../../bin/booster.cjs', import.meta.url));

const old = `${'const filler = "some text to make the file larger";\n'.repeat(600)}let value = 1;\n`;
const changed = old.replace('value = 1', 'value = 2');
const edit = '<<<<<<< SEARCH\nlet value = 1;\n=======\nlet value = 2;\n>>>>>>> REPLACE\n';

/**
 * Runs `booster apply --stdin --write` and kills it when the folder has seen so many events (a file created, written, renamed…).
 * Gives whether it was killed before it ended.
 */
async function applyUntil(folder: string, names: readonly string[], events: number): Promise<boolean> {
  const child = spawn(process.execPath, [bin, 'apply', '--stdin', '--write'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], XDG_CACHE_HOME: folder },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  let seen = 0;
  const watcher = watch(folder, (_event, name) => {
    if (name?.includes('.booster-') === true || names.includes(name ?? '')) seen += 1;
    if (seen >= events) child.kill('SIGKILL');
  });
  child.stdin.end(JSON.stringify(names.map((file) => ({ file, edit }))));
  const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  watcher.close();
  return signal === 'SIGKILL';
}

describe('booster apply --write, killed with SIGKILL', () => {
  it.each([
    ['one file', ['a.ts']],
    ['three files', ['a.ts', 'b.ts', 'c.ts']],
  ])('leaves %s whole, the old one or the new one, and the next run finishes', async (_what, names) => {
    const texts = (folder: string): string[] => names.map((name) => readFileSync(join(folder, name), 'utf8'));
    const seen = new Set<string>();
    let killed: string | undefined;
    for (let events = 1; events <= 12; events += 1) {
      const folder = tempFolder(Object.fromEntries(names.map((name) => [name, old])));
      if (await applyUntil(folder, names, events)) killed = folder;
      for (const text of texts(folder)) {
        expect([old, changed]).toContain(text);
        seen.add(text);
      }
    }
    expect(seen.has(old)).toBe(true);
    if (killed === undefined) throw new Error('no run was killed while it wrote');
    expect(await applyUntil(killed, names, Infinity)).toBe(false);
    expect(texts(killed)).toEqual(names.map(() => changed));
  });

  it('does not keep the next run from writing when it dies before its lock says whose it is', async () => {
    const folder = tempFolder({ 'a.ts': old });
    const lock = join(folder, `.a.ts.booster-${createHash('sha256').update(old).digest('hex').slice(0, 16)}-0.lock`);
    writeFileSync(lock, '');
    expect(await applyUntil(folder, ['a.ts'], Infinity)).toBe(false);
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe(changed);
    expect(readdirSync(folder).filter((name) => name.includes('.booster-'))).toEqual([]);
  });
});
