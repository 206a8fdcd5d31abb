import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QuietFiles } from '../../../src/app/QuietFiles.ts';
import { openQuietFiles } from '../../../src/app/open-quiet-files.ts';
import type { QuietScope } from '../../../src/app/open-quiet-files.ts';
import type { StorePlace } from '../../../src/records/local/store-place.ts';
import { removePlace, temporaryPlace } from '../../contract/local-place.ts';

let place: StorePlace;
beforeEach(() => {
  place = temporaryPlace();
});
afterEach(() => {
  removePlace(place);
});

const hash = 'a'.repeat(64);
const scope: QuietScope = { level: 'safe', rules: ['slice-index'] };

function open(what: Partial<QuietScope> = {}, build = 'build', env: Record<string, string> = {}): QuietFiles {
  const config = { cache: { use: 'auto', maximumBytes: 64_000_000 }, records: { store: place.folder } } as const;
  const io = { env, cwd: '/', platform: 'linux' as const, userId: place.userId, build, nodeVersion: '20.20.2' };
  const files = openQuietFiles({ ...scope, ...what }, config, io);
  if (files === undefined) throw new Error('not opened');
  return files;
}

describe('contents that nothing was found in', () => {
  it('are known by the next run, for the same content and language', () => {
    const first = open();
    first.note(hash, 'typescript', 'parsed');
    first.note('b'.repeat(64), 'tsx', 'generated');
    first.write();
    expect(open().get(hash, 'typescript')).toBe('parsed');
    expect(open().get('b'.repeat(64), 'tsx')).toBe('generated');
    expect(open().get(hash, 'tsx')).toBeUndefined();
    expect(open().get('c'.repeat(64), 'typescript')).toBeUndefined();
  });

  it('are known for the same level, rules, rules of the project and build only', () => {
    const first = open();
    first.note(hash, 'typescript', 'parsed');
    first.write();
    const data = { id: 'mine' } as unknown as NonNullable<QuietScope['custom']>[number];
    for (const other of [
      open({ level: 'balanced' }),
      open({ rules: ['slice-index', 'has-direct'] }),
      open({ custom: [data] }),
      open({}, 'another build'),
    ])
      expect(other.get(hash, 'typescript')).toBeUndefined();
  });

  it('are not written again when nothing new was met', () => {
    const first = open();
    first.note(hash, 'typescript', 'unparsed');
    first.write();
    const folder = join(place.folder, 'cache/quiet');
    const [name = ''] = readdirSync(folder);
    writeFileSync(join(folder, name), 'damaged');
    const second = open();
    second.write();
    expect(readFileSync(join(folder, name), 'utf8')).toBe('damaged');
  });

  it('are sealed when there is a key, and unknown without it', () => {
    const env = { BOOSTER_ENCRYPTION_KEY: '1f'.repeat(32) };
    const first = open({}, 'build', env);
    first.note(hash, 'typescript', 'parsed');
    first.write();
    const folder = join(place.folder, 'cache/quiet');
    const [name = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(hash);
    expect(open({}, 'build', env).get(hash, 'typescript')).toBe('parsed');
    expect(open().get(hash, 'typescript')).toBeUndefined();
  });
});
