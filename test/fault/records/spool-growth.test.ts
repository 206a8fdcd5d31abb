import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { flushSpool } from '../../../src/records/redis/flush-spool.ts';
import { spoolFolder, spoolJournal } from '../../../src/records/local/spool-journal.ts';
import { redisTarget } from '../../../src/records/redis/redis-target.ts';
import { openLocal, removePlace, temporaryPlace } from '../../contract/local-place.ts';
import { RedisServer } from '../../contract/redis-server.ts';
import { runRecord } from '../../contract/run-record.ts';

const limits = { maximumRecords: 2000, maximumAgeMs: 86_400_000 };
const files = { password: '', passwordFile: '', ca: '', cert: '', key: '' };

function openSpool(url: string) {
  const place = temporaryPlace();
  onTestFinished(() => {
    removePlace(place);
  });
  const settings = { ...files, url, prefix: 'test', ttlSeconds: 60 };
  const target = redisTarget(settings);
  const journal = spoolJournal(place, target, limits);
  const fill = (count: number): void => {
    for (let from = 0; from < count; from += 1000) {
      journal.append(Array.from({ length: 1000 }, (_, index) => JSON.stringify(runRecord(from + index))));
    }
  };
  return { place, settings, fill, spool: spoolFolder(place.folder, target), runs: join(place.folder, 'runs') };
}

function bytesIn(folder: string): number {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

it('a spool stays within its size while Redis is gone and nobody even tries, and so do the runs that it gives away', () => {
  const { fill, spool, runs } = openSpool('redis://127.0.0.1:1');
  fill(60_000);
  expect(bytesIn(spool)).toBeGreaterThan(14_000_000);
  expect(bytesIn(spool)).toBeLessThan(18_000_000);
  expect(bytesIn(runs)).toBeLessThan(5_000_000);
});

it('the runs stay within their limits when all of them come from a spool that was delivered', async () => {
  const server = await RedisServer.start();
  try {
    const { fill, settings, place, runs } = openSpool(server.url);
    const facts = { processId: process.pid, isProcessAlive: () => true };
    for (let round = 0; round < 3; round += 1) {
      fill(4000);
      const flush = { place, limits, settings, sealer: undefined, facts, timeLeftMs: () => 20_000, patienceMs: 1000 };
      expect((await flushSpool(flush)).fault).toBeUndefined();
    }
    expect(bytesIn(runs)).toBeLessThan(4_500_000);
    const { store } = openLocal(place);
    expect((await store.queryRuns({}, Infinity)).length).toBeLessThan(9000);
  } finally {
    await server.stop();
  }
});
