import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLocal, removePlace, temporaryPlace } from '../../contract/local-place.ts';
import { runRecord } from '../../contract/run-record.ts';
import { bundleWriter, output, startNode } from '../files/writer-process.ts';

const recorder = bundleWriter(new URL('recorder.ts', import.meta.url));
const isWindows = process.platform === 'win32';

function open() {
  const place = temporaryPlace();
  onTestFinished(() => {
    removePlace(place);
  });
  const path = join(place.folder, 'runs', 'open.jsonl');
  return { ...openLocal(place), place, path, folder: place.folder };
}

/** Ids that a process said it had saved; the last one may be cut off. */
function idsOf(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

async function idsIn({ store }: ReturnType<typeof open>): Promise<Set<string>> {
  return new Set((await store.queryRuns({}, Infinity)).map(({ id }) => id));
}

describe('the local store', () => {
  it('loses and tears nothing when 8 processes save 500 records each', async () => {
    const opened = open();
    const children = Array.from({ length: 8 }, () => startNode(recorder.path(), 'save', opened.folder, '500'));
    const saved = (await Promise.all(children.map(output))).flatMap(idsOf);
    expect(saved).toHaveLength(4000);
    expect(await idsIn(opened)).toEqual(new Set(saved));
    expect(opened.troubles).toEqual([]);
    // full files were put away meanwhile
    expect(readdirSync(dirname(opened.path)).length).toBeGreaterThan(1);
  });

  it('loses nothing while two processes take the files of a spool away from 4 that write to it', async () => {
    const opened = open();
    const writers = Array.from({ length: 4 }, () => startNode(recorder.path(), 'spool', opened.folder, '300'));
    const movers = Array.from({ length: 2 }, () => startNode(recorder.path(), 'move', opened.folder));
    const reads: number[] = [];
    const written = Promise.all(writers.map(output)).then((texts) => texts.flatMap(idsOf));
    let saved: string[] | undefined;
    void written.then((ids) => (saved = ids));
    while (saved === undefined) {
      // whoever reads meanwhile never sees fewer than before
      reads.push((await idsIn(opened)).size);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await Promise.all(movers.map(output));
    expect(await idsIn(opened)).toEqual(new Set(saved));
    expect(reads).toEqual([...reads].sort((a, b) => a - b));
    expect(opened.troubles).toEqual([]);
  });

  it('has every record that was acknowledged when its writers are killed with SIGKILL', async () => {
    const opened = open();
    for (let round = 1; round <= 3; round += 1) {
      const children = Array.from({ length: 3 }, () => startNode(recorder.path(), 'save', opened.folder));
      const texts = children.map(async (child) => {
        let bytes = 0;
        child.stdout?.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > round * 1200) child.kill('SIGKILL');
        });
        return output(child);
      });
      const acknowledged = (await Promise.all(texts)).flatMap(idsOf);
      expect(acknowledged.length).toBeGreaterThan(10);
      const known = await idsIn(opened);
      expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    }
    expect(opened.troubles).toEqual([]);
  });

  it.skipIf(isWindows)(
    'keeps what it has when the disk takes only a part of a line, and takes later ones',
    async () => {
      const opened = open();
      await opened.store.saveRuns([runRecord(1)]);
      const script = 'ulimit -f 3; exec "$0" "$1" save "$2" 100';
      const { stdout, stderr } = spawnSync('bash', ['-c', script, process.execPath, recorder.path(), opened.folder], {
        encoding: 'utf8',
      });
      expect(stderr).toContain('E_STORE_WRITE');
      expect(readFileSync(opened.path, 'utf8').endsWith('\n')).toBe(false);
      await opened.store.saveRuns([runRecord(2)]);
      expect(await idsIn(opened)).toEqual(new Set([...idsOf(stdout), runRecord(1).id, runRecord(2).id]));
      expect(opened.troubles).toEqual([]);
    },
  );

  it('moves a damaged file aside, says so once, and keeps what could be read', async () => {
    const opened = open();
    await opened.store.saveRuns([runRecord(1)]);
    appendFileSync(opened.path, Buffer.from([0, 1, 2, 255, 10]));
    await opened.store.saveRuns([runRecord(2)]);
    expect(await idsIn(opened)).toEqual(new Set([runRecord(1).id, runRecord(2).id]));
    expect(opened.troubles).toMatchObject([{ code: 'E_STORE_DAMAGED' }]);
    const movedTo = String(opened.troubles[0]?.data['movedTo']);
    expect(opened.troubles[0]?.message).toContain(movedTo);
    expect(readFileSync(movedTo).includes(255)).toBe(true);
    await opened.store.saveRuns([runRecord(3)]);
    expect(await idsIn(opened)).toEqual(new Set([1, 2, 3].map((index) => runRecord(index).id)));
    expect(opened.troubles).toHaveLength(1);
  });

  it('notices a record in which a letter was changed', async () => {
    const opened = open();
    await opened.store.saveRuns([runRecord(1), runRecord(2)]);
    writeFileSync(opened.path, readFileSync(opened.path, 'utf8').replace('"durationMs":1.5', '"durationMs":x.5'));
    expect(await idsIn(opened)).toEqual(new Set([runRecord(2).id]));
    expect(opened.troubles).toMatchObject([{ code: 'E_STORE_DAMAGED' }]);
  });

  it('leaves records of a later version where they are', async () => {
    const opened = open();
    await opened.store.saveRuns([runRecord(1)]);
    appendFileSync(opened.path, '{"v":2,"id":"later"}\n');
    expect(await idsIn(opened)).toEqual(new Set([runRecord(1).id]));
    expect(opened.troubles).toEqual([]);
    expect(readFileSync(opened.path, 'utf8')).toContain('later');
  });

  it.skipIf(isWindows).each([
    ['a folder', 'mkdir "$0"'],
    ['a FIFO', 'mkfifo "$0"'],
    ['a link to another file', 'ln -s /etc/hostname "$0"'],
  ])('moves %s aside that stands in the place of its file', async (_what, script) => {
    const opened = open();
    mkdirSync(dirname(opened.path), { recursive: true });
    execFileSync('sh', ['-c', script, opened.path]);
    await opened.store.saveRuns([runRecord(1)]);
    expect(opened.troubles).toMatchObject([{ code: 'E_STORE_DAMAGED' }]);
    expect(await idsIn(opened)).toEqual(new Set([runRecord(1).id]));
  });

  it('tells that it could not save when its folder is a file, and does not touch that', async () => {
    const opened = open();
    writeFileSync(join(opened.folder, 'runs'), 'mine');
    await opened.store.saveRuns([runRecord(1)]);
    expect(opened.troubles).toMatchObject([{ code: 'E_STORE_WRITE' }]);
    expect(readFileSync(join(opened.folder, 'runs'), 'utf8')).toBe('mine');
  });

  it('keeps its files to their user', async () => {
    const opened = open();
    await opened.store.saveRuns([runRecord(1)]);
    expect(statSync(opened.path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(opened.path)).mode & 0o777).toBe(0o700);
  });

  it('clears its own files only', async () => {
    const opened = open();
    await opened.store.saveRuns([runRecord(1)]);
    const others = ['notes.jsonl', 'open.jsonl.txt', 'damaged'].map((name) => join(opened.folder, 'runs', name));
    for (const path of others) writeFileSync(path, 'mine\n');
    expect(await opened.store.clearRuns()).toBe(1);
    expect(readdirSync(join(opened.folder, 'runs')).sort()).toEqual(['damaged', 'notes.jsonl', 'open.jsonl.txt']);
  });
});

describe('an encrypted local store', () => {
  const [first, second] = ['01'.repeat(32), '02'.repeat(32)];

  function openWith(keys: string | undefined) {
    const opened = open();
    const as = (other: string | undefined) => openLocal(opened.place, {}, other);
    return { ...opened, ...as(keys), as };
  }

  it('shows nothing of a record, and is read with old keys behind the new one', async () => {
    const { store, as, path } = openWith(first);
    await store.saveRuns([runRecord(1)]);
    await as(`${second},${first}`).store.saveRuns([runRecord(2)]);
    expect(readFileSync(path, 'utf8')).not.toMatch(/run0|file-|shop|machine/);
    expect(await as(`${second},${first}`).store.queryRuns({}, 9)).toEqual([runRecord(2), runRecord(1)]);
  });

  it('names how many records another key has sealed, and keeps them', async () => {
    const { store, as } = openWith(first);
    await store.saveRuns([runRecord(1), runRecord(2)]);
    for (const keys of [second, undefined]) {
      const other = as(keys);
      await other.store.saveRuns([runRecord(3)]);
      expect(await other.store.queryRuns({}, 9)).toEqual([runRecord(3)]);
      const [trouble] = other.troubles;
      expect(trouble).toMatchObject({ code: 'E_STORE_SEALED', data: { records: keys === second ? 2 : 3 } });
    }
    const all = as(`${first},${second}`);
    expect(await all.store.queryRuns({}, 9)).toHaveLength(3);
    expect(all.troubles).toEqual([]);
    expect(await as(undefined).store.clearRuns()).toBe(4);
  });

  it('takes a changed record for damage, and keeps the others as they are, those of other keys, too', async () => {
    const { store, as, path, troubles } = openWith(first);
    await store.saveRuns([runRecord(1), runRecord(2)]);
    await as(second).store.saveRuns([runRecord(3)]);
    const text = readFileSync(path, 'utf8');
    const at = text.indexOf('.') - 10;
    writeFileSync(path, `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`);
    expect(await store.queryRuns({}, 9)).toEqual([runRecord(2)]);
    expect(troubles.map(({ code }) => code)).toEqual(['E_STORE_DAMAGED', 'E_STORE_SEALED']);
    expect(await as(`${first},${second}`).store.queryRuns({}, 9)).toEqual([runRecord(3), runRecord(2)]);
    const names = readdirSync(dirname(path)).filter((name) => !name.startsWith('damaged-'));
    for (const name of names) expect(readFileSync(join(dirname(path), name), 'utf8')).not.toContain('run0');
  });

  it('skips what a killed writer left of a sealed line', async () => {
    const { store, path, troubles } = openWith(first);
    await store.saveRuns([runRecord(1)]);
    const line = readFileSync(path, 'utf8').trim();
    for (const length of [3, 12, 30, line.length - 1]) appendFileSync(path, `\n${line.slice(0, length)}`);
    await store.saveRuns([runRecord(2)]);
    expect(await store.queryRuns({}, 9)).toEqual([runRecord(2), runRecord(1)]);
    expect(troubles).toEqual([]);
  });
});

describe('growth of the local store', () => {
  /** Records of which some 2,500 fill a file. */
  async function fill(opened: ReturnType<typeof open>, records: number): Promise<void> {
    for (let from = 0; from < records; from += 500) {
      const batch = Array.from({ length: 500 }, (_, index) => runRecord(from + index));
      await opened.store.saveRuns(batch);
    }
  }

  it('is bounded by the number of records', async () => {
    const place = temporaryPlace();
    onTestFinished(() => {
      removePlace(place);
    });
    const path = join(place.folder, 'runs', 'open.jsonl');
    const opened = { ...openLocal(place, { maximumRecords: 3000 }), place, path, folder: place.folder };
    await fill(opened, 30_000);
    const ids = await idsIn(opened);
    expect(ids.size).toBeLessThan(9000);
    expect(ids.has(runRecord(29_999).id)).toBe(true);
    expect(readdirSync(join(place.folder, 'runs')).length).toBeLessThan(5);
  });

  it('is bounded by age: what is too old is neither shown nor kept', async () => {
    const opened = open();
    const old = runRecord(1, { id: 'old000001', at: Date.now() - 40 * 86_400_000 });
    await opened.store.saveRuns([old, runRecord(2)]);
    expect(await idsIn(opened)).toEqual(new Set([runRecord(2).id]));
    const segment = `${String(old.at)}-1-00000000.jsonl`;
    writeFileSync(join(dirname(opened.path), segment), `${JSON.stringify(old)}\n`);
    await fill(opened, 5000);
    expect(readdirSync(dirname(opened.path))).not.toContain(segment);
    expect((await idsIn(opened)).has(old.id)).toBe(false);
  });
});
