import { openRunStore } from '../../app/open-run-store.ts';
import { runStats } from '../../app/run-stats.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import type { RunFilter, RunStore } from '../../records/record-store.ts';
import { runCommands, runStatuses } from '../../records/run-words.ts';
import type { RunRecord } from '../../records/run-record.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { readInteger } from '../read-integer.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import type { RunsAction, RunsFlags } from '../runs/add-runs-commands.ts';
import { readSince } from '../runs/read-since.ts';
import { runText, runsTable } from '../runs/run-text.ts';
import { statsText } from '../runs/stats-text.ts';
import { watchRuns } from '../runs/watch-runs.ts';
import type { Terminal } from '../terminal.ts';
import { openTerminal } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

const defaultLimit = 20;
const mostFilesShown = 1000;

/** What every command of `booster runs` works with. */
interface RunsCall {
  readonly store: RunStore;
  readonly flags: RunsFlags;
  readonly io: Io;
  readonly terminal: Terminal;
}

/**
 * `booster runs`
 * @throws BoosterError E_CLI_USAGE, E_CONFIG_*, E_STORE_*, E_REDIS_UNAVAILABLE
 */
export async function runRuns(action: RunsAction, flags: RunsFlags, io: Io): Promise<ExitCode> {
  const filter = filterOf(flags, Date.now());
  const limit = readInteger('--limit', flags.limit, 1, 1_000_000) ?? defaultLimit;
  const resolution = await resolveConfig({
    flags: {
      'records.store': flags.store,
      // whoever names a folder wants to see that one
      'redis.url': flags.redis ?? (flags.store === undefined ? undefined : 'none'),
      color: flags.color,
    },
    env: io.env,
    cwd: io.cwd,
    isolated: flags.isolated === true,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
  });
  const color = { setting: resolution.config.color, fromFlag: flags.color !== undefined };
  const terminal = await openTerminal(io.stdout, color, io.env);
  const store = await openRunStore(resolution, io, ({ code, message }) => {
    io.stderr.write(`warning: ${visibleLine(message)} (${code})\n`);
  });
  const call = { store, flags, io, terminal };
  try {
    switch (action.kind) {
      case 'list':
        await list(call, filter, limit);
        break;
      case 'show':
        await show(call, action.id);
        break;
      case 'stats':
        await stats(call, filter);
        break;
      case 'clear':
        await clear(call);
        break;
      case 'watch':
        return await watchRuns(store, flags.json === true, io);
    }
    return exitCodes.done;
  } finally {
    await store.close();
  }
}

async function list(call: RunsCall, filter: RunFilter, limit: number): Promise<void> {
  const records = await call.store.queryRuns(filter, limit);
  if (call.flags.json) printJson(call, { runs: records });
  else call.io.stdout.write(records.length === 0 ? noneText(call, filter) : runsTable(records, call.terminal));
}

async function show(call: RunsCall, id: string): Promise<void> {
  const found = await call.store.findRuns(id, mostFilesShown);
  const runs = new Set(found.map((record) => runOf(record.id)));
  if (runs.size === 0) throw noSuchRun(id, `no id in ${call.store.place} begins with it`);
  if (runs.size > 1) throw noSuchRun(id, `several begin with it: ${[...runs].slice(0, 5).join(', ')}`);
  // `.2` is the second file, not also the twentieth; without a dot, it is the run with all of its files
  const named = found.filter((record) => record.id === id && id.includes('.'));
  const records = named.length === 0 ? found : named;
  const [record] = records;
  if (call.flags.json) printJson(call, { runs: records });
  else if (records.length === 1 && record !== undefined) call.io.stdout.write(runText(record, call.terminal));
  else call.io.stdout.write(runsTable(records, call.terminal));
}

async function stats(call: RunsCall, filter: RunFilter): Promise<void> {
  const records = await call.store.queryRuns(filter, Infinity);
  const figures = runStats(records);
  if (call.flags.json) printJson(call, figures);
  else call.io.stdout.write(records.length === 0 ? noneText(call, filter) : statsText(figures, call.terminal.paint));
}

async function clear(call: RunsCall): Promise<void> {
  const removed = await call.store.clearRuns();
  if (call.flags.json) printJson(call, { removed });
  else
    call.io.stdout.write(
      `removed ${String(removed)} ${removed === 1 ? 'record' : 'records'} from ${call.store.place}\n`,
    );
}

function printJson({ store, io }: RunsCall, facts: object): void {
  const { kind, place } = store;
  io.stdout.write(`${JSON.stringify({ schemaVersion, store: { kind, place }, ...facts }, undefined, 2)}\n`);
}

function noneText({ store }: RunsCall, filter: RunFilter): string {
  const isFiltered = Object.keys(filter).length > 0;
  return isFiltered ? `no run in ${store.place} fits\n` : `no runs are recorded in ${store.place}\n`;
}

function filterOf({ command, status, since, file }: RunsFlags, now: number): RunFilter {
  const commandName = runCommands.find((name) => name === command);
  const statusName = runStatuses.find((name) => name === status);
  return {
    ...(commandName !== undefined && { command: commandName }),
    ...(statusName !== undefined && { status: statusName }),
    ...(since !== undefined && { since: readSince(since, now) }),
    ...(file !== undefined && { file: file.replace(/^\.\//, '').replaceAll('\\', '/') }),
  };
}

function runOf(id: RunRecord['id']): string {
  return id.split('.')[0] ?? id;
}

function noSuchRun(id: string, why: string): BoosterError {
  return new BoosterError('E_STORE_RUN', `'${id}': ${why}`, { id });
}
