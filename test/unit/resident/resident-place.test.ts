import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { claimEndpoint, removeEntry } from '../../../src/resident/claim-endpoint.ts';
import { findEndpoint, residentPlace } from '../../../src/resident/resident-place.ts';
import type { ResidentPlace } from '../../../src/resident/resident-place.ts';

const userId = process.getuid?.();
const servers: Server[] = [];
let runtime: string;
let project: string;
let place: ResidentPlace;

beforeEach(() => {
  runtime = mkdtempSync(join(tmpdir(), 'b-'));
  project = join(runtime, 'project');
  mkdirSync(join(project, 'src', 'deep'), { recursive: true });
  writeFileSync(join(project, 'package.json'), '{}');
  place = placeOf(project);
});

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
  rmSync(runtime, { recursive: true, force: true });
});

function placeOf(cwd: string, env: Record<string, string> = { XDG_RUNTIME_DIR: runtime }): ResidentPlace {
  return residentPlace({ cwd, env, userId });
}

async function claim(processId = 42): Promise<Awaited<ReturnType<typeof claimEndpoint>>> {
  const server = createServer();
  servers.push(server);
  return claimEndpoint(server, place, processId);
}

describe('the place', () => {
  it('is the same for every folder of a project', () => {
    expect(placeOf(join(project, 'src', 'deep'))).toEqual(place);
  });

  it('is another one for another project', () => {
    writeFileSync(join(project, 'src', 'package.json'), '{}');
    expect(placeOf(join(project, 'src')).home).not.toBe(place.home);
  });

  it('is the folder itself where there is no project', () => {
    expect(placeOf(runtime).project).toBe(runtime);
  });

  it.each([['relative'], ['/nowhere/at/all'], ['']])('passes over XDG_RUNTIME_DIR=%j', (folder) => {
    expect(placeOf(project, { XDG_RUNTIME_DIR: folder }).folder).toBe(join(tmpdir(), `booster-${String(userId)}`));
  });

  it.skipIf(userId !== 0)('passes over a runtime folder of another user', () => {
    chownSync(runtime, 12345, 12345);
    expect(placeOf(project).folder).not.toContain(runtime);
  });
});

describe('a claim', () => {
  it('is found by others, with its process', async () => {
    const endpoint = await claim(4711);
    expect(findEndpoint(place)).toEqual(endpoint);
    expect(endpoint?.processId).toBe(4711);
  });

  it('is won by exactly one of many that try at once', async () => {
    const claims = await Promise.all(Array.from({ length: 20 }, (_, index) => claim(index + 1)));
    const won = claims.filter((endpoint) => endpoint !== undefined);
    expect(won).toHaveLength(1);
    expect(findEndpoint(place)).toEqual(won[0]);
  });

  it('is possible again when the entry has been taken away', async () => {
    const first = await claim(1);
    removeEntry(first!);
    expect(findEndpoint(place)).toBeUndefined();
    expect((await claim(2))?.processId).toBe(2);
  });

  it('is not harmed by taking away an older one of the same place', async () => {
    const first = await claim(1);
    removeEntry(first!);
    const second = await claim(2);
    removeEntry(first!);
    expect(findEndpoint(place)).toEqual(second);
  });

  it('leaves nothing behind when its entry is taken away', async () => {
    removeEntry((await claim())!);
    expect(() => {
      mkdirSync(place.folder);
    }).not.toThrow();
  });

  it('fails with a code when the path is too long for a socket', async () => {
    const long = join(runtime, 'x'.repeat(90));
    mkdirSync(long);
    place = placeOf(project, { XDG_RUNTIME_DIR: long });
    await expect(claim()).rejects.toMatchObject({ code: 'E_RESIDENT_SOCKET' });
  });

  it('fails with a code when the folder cannot be made', async () => {
    writeFileSync(join(runtime, 'booster'), '');
    await expect(claim()).rejects.toMatchObject({ code: 'E_RESIDENT_DISTRUSTED' });
  });
});

it('has no endpoint where its folder cannot be looked into', () => {
  writeFileSync(join(runtime, 'file'), '');
  const inFile = { ...place, folder: join(runtime, 'file', 'booster'), home: join(runtime, 'file', 'booster', 'x') };
  expect(findEndpoint(inFile)).toBeUndefined();
});

describe('trust', () => {
  const distrust = expect.objectContaining({ code: 'E_RESIDENT_DISTRUSTED' }) as unknown;

  function fault(): unknown {
    try {
      return findEndpoint(place);
    } catch (error) {
      return error;
    }
  }

  it('is refused to a folder that others can enter', async () => {
    await claim();
    chmodSync(place.folder, 0o755);
    expect(fault()).toEqual(distrust);
  });

  it('is refused to a project folder that others can write to', async () => {
    await claim();
    chmodSync(place.home, 0o770);
    expect(fault()).toEqual(distrust);
  });

  it('is refused to a socket that others can open', async () => {
    const endpoint = await claim();
    chmodSync(endpoint!.entry, 0o666);
    expect(fault()).toEqual(distrust);
  });

  it('is refused to what is no socket', () => {
    mkdirSync(place.home, { recursive: true, mode: 0o700 });
    chmodSync(place.folder, 0o700);
    writeFileSync(join(place.home, '1-0123456789ab'), '');
    expect(fault()).toEqual(distrust);
  });

  it('is refused to a folder that is a symbolic link', async () => {
    await claim();
    const elsewhere = join(runtime, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o700 });
    symlinkSync(place.folder, join(elsewhere, 'booster'));
    place = placeOf(project, { XDG_RUNTIME_DIR: elsewhere });
    expect(fault()).toEqual(distrust);
  });

  it.skipIf(userId !== 0)('is refused to a folder and a socket of another user', async () => {
    const endpoint = await claim();
    chownSync(endpoint!.entry, 12345, 12345);
    expect(fault()).toEqual(distrust);
    chownSync(endpoint!.entry, 0, 0);
    chownSync(place.folder, 12345, 12345);
    expect(fault()).toEqual(distrust);
  });
});
