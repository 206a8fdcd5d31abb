// What bench-records.mjs measures inside of a process; bundled, and started by it. Prints JSON.
import { performance } from 'node:perf_hooks';
import { recordRuns } from '../src/app/record-runs.ts';
import { LocalStore } from '../src/records/local/LocalStore.ts';
import { RedisStore } from '../src/records/redis/RedisStore.ts';
import { newRunId } from '../src/records/run-id.ts';

const [task, place, count = '1', url = 'none'] = process.argv.slice(2);
const limits = { maximumRecords: 1_000_000, maximumAgeMs: 86_400_000 };

function sample() {
  const at = Date.now();
  const content = { bytesBefore: 12_345, hashBefore: 'ab'.repeat(32) };
  return {
    ...{ v: 1, id: newRunId(at), command: 'optimize', at, project: 'shop', file: 'src/orders/total.ts' },
    ...{ language: 'typescript', status: 'unchanged', exitCode: 0, engine: 'oxc', ...content, durationMs: 1.5 },
    ...{ phases: { readMs: 0.25, engineMs: 1.25 }, host: 'host', pid: process.pid, booster: '0.1.0' },
  };
}

function openLocal() {
  const onTrouble = (trouble) => {
    throw trouble;
  };
  const where = { folder: place, missing: [place], userId: process.getuid?.() };
  return new LocalStore({ place: where, limits, sealer: undefined, onTrouble });
}

async function timed(work) {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const tasks = {
  /**
   * Connect and the first record of a connection, twice in a process, which is a new one each time: the first of them also loads
   * the client.
   */
  async redis() {
    return [await tasks.firstRecord(), await tasks.firstRecord()];
  },
  async firstRecord() {
    const files = { password: '', passwordFile: '', ca: '', cert: '', key: '' };
    const settings = { url: place, prefix: 'bench', ttlSeconds: 60, ...files };
    let store;
    const ms = await timed(async () => {
      store = await RedisStore.open({
        settings,
        sealer: undefined,
        timeLeftMs: () => 5000,
        onTrouble: () => undefined,
      });
      await store.deliverRuns([sample()]);
    });
    await store.close();
    return ms;
  },
  /** Open, one record, close, again and again: the first one is cold. */
  async local() {
    const times = [];
    for (let round = 0; round < Number(count); round += 1) {
      times.push(
        await timed(async () => {
          const store = openLocal();
          await store.saveRuns([sample()]);
          await store.close();
        }),
      );
    }
    return times;
  },
  /** Records one by one; gives the ids of those that were acknowledged. */
  async save() {
    const store = openLocal();
    const ids = [];
    for (let round = 0; round < Number(count); round += 1) {
      const record = sample();
      await store.saveRuns([record]);
      ids.push(record.id);
    }
    return ids;
  },
  /** What a reader finds, and how long it takes for that. */
  async read() {
    const troubles = [];
    const where = { folder: place, missing: [place], userId: process.getuid?.() };
    const store = new LocalStore({ place: where, limits, sealer: undefined, onTrouble: (each) => troubles.push(each) });
    let records;
    const ms = await timed(async () => (records = await store.queryRuns({}, Infinity)));
    return { ids: records.map(({ id }) => id), troubles: troubles.map(({ message }) => message), ms };
  },
  /** The recording of a run over so many files, by itself. */
  record() {
    return timed(() => recordMany('none'));
  },
  /** So many records that wait for a server; gives what the process that brings them there is told. */
  spool() {
    const { redis } = recordMany(url);
    return JSON.stringify({
      place: { folder: place, missing: [place], userId: process.getuid?.() },
      limits,
      settings: redis,
    });
  },
};

function recordMany(redisUrl) {
  const io = { env: {}, cwd: '/', platform: process.platform, userId: process.getuid?.(), processId: process.pid };
  const records = { keep: 'auto', store: place, maximum: 20_000, maximumAgeDays: 30 };
  const files = { password: '', passwordFile: '', ca: '', cert: '', key: '' };
  const redis = { url: redisUrl, prefix: 'bench', ttlSeconds: 60, ...files };
  const { bytesBefore, hashBefore, phases } = sample();
  const facts = Array.from({ length: Number(count) }, (_, index) => ({
    ...{ file: `src/orders/part-${index}.ts`, language: 'typescript', status: 'unchanged', engine: 'oxc' },
    ...{ bytesBefore, hashBefore, durationMs: 1.5, phases },
  }));
  const run = { command: 'optimize', exitCode: 0, runMs: 100, files: facts };
  const [trouble] = recordRuns(run, { config: { records, redis } }, io);
  if (trouble !== undefined) throw trouble;
  return { redis };
}

process.stdout.write(JSON.stringify(await tasks[task]()));
