import { Option } from 'commander';
import type { Command } from 'commander';
import { runCommands, runStatuses } from '../../records/run-words.ts';
import type { ColorSetting } from '../terminal.ts';

/** Options of all commands of `booster runs`; some take fewer. */
export interface RunsFlags {
  readonly command?: string;
  readonly status?: string;
  readonly since?: string;
  readonly file?: string;
  readonly limit?: string;
  readonly json?: true;
  readonly color?: ColorSetting;
  readonly store?: string;
  readonly redis?: string;
  readonly config?: string;
  readonly isolated?: true;
}

export type RunsAction =
  | { readonly kind: 'list' | 'stats' | 'clear' | 'watch' }
  | { readonly kind: 'show'; readonly id: string };

type Run = (action: RunsAction, flags: RunsFlags) => Promise<void>;

const exampleText = `
Examples:
  booster runs list --status refused --since 2h   what was refused in the last two hours
  booster runs list --file src/a.ts               what was done to a file
  booster runs show 0mx2ztwu1r87dh2               everything about one run; the beginning of an id is enough
  booster runs stats                              how often, how well and how fast

Records hold no source code. \`--no-record\` or \`records: { keep: never }\` leaves them out.`;

/** `booster runs` and what is below it: parsing and help only. */
export function addRunsCommands(program: Command, run: Run): void {
  const runs = program
    .command('runs')
    .summary('see what booster has done')
    .description(
      'Shows what booster has done, from the records that it keeps: of this machine, and with Redis of all hosts.',
    )
    .addHelpText('after', exampleText);
  const list = runs
    .command('list')
    .summary('list the latest runs')
    .description('Lists the latest runs, newest first: one line for each file.')
    .action((flags: RunsFlags) => run({ kind: 'list' }, flags));
  const show = runs
    .command('show')
    .summary('show one run')
    .description('Shows everything that is known of a run, or of one of its files.')
    .argument('<id>', 'its id, as listed, or the beginning of it')
    .action((id: string, flags: RunsFlags) => run({ kind: 'show', id }, flags));
  const stats = runs
    .command('stats')
    .summary('count runs and their times')
    .description(
      'Counts files by command and engine: how they ended, fallbacks, and the time that half, 95 % and 99 % took.',
    )
    .action((flags: RunsFlags) => run({ kind: 'stats' }, flags));
  const clear = runs
    .command('clear')
    .summary('delete all records')
    .description('Deletes all records, with Redis those of all hosts, too.')
    .action((flags: RunsFlags) => run({ kind: 'clear' }, flags));
  const watch = runs
    .command('watch')
    .summary('show runs as they end')
    .description('Shows what is recorded from now on, until it is interrupted; with Redis, of all hosts.')
    .action((flags: RunsFlags) => run({ kind: 'watch' }, flags));
  for (const command of [list, stats]) for (const option of filterOptions()) command.addOption(option);
  list.addOption(new Option('--limit <n>', 'at most so many (default: 20)'));
  for (const command of [list, show, stats, clear, watch])
    for (const option of commonOptions()) command.addOption(option);
}

function filterOptions(): Option[] {
  return [
    new Option('--command <name>', 'runs of this command only').choices(runCommands),
    new Option('--status <status>', 'files that ended so only').choices(runStatuses),
    new Option('--since <when>', 'since a time ago (30m, 2h, 7d) or a date (2026-01-31, 2026-01-31T12:00)'),
    new Option('--file <path>', 'this file only; the end of its path is enough'),
  ];
}

function commonOptions(): Option[] {
  return [
    new Option('--json', 'print JSON'),
    new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
    new Option('--store <folder>', 'look into this record store, and not into Redis'),
    new Option('--redis <url>', 'look into this Redis server, too'),
    new Option('--config <file>', 'use this configuration file'),
    new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
  ];
}
