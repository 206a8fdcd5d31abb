import type { Command } from 'commander';
import { Option } from 'commander';
import { poolOptions } from './pool-options.ts';
import type { PoolFlags } from './pool-options.ts';
import type { ColorSetting } from './terminal.ts';

/** Options of `booster pool run`. */
export interface PoolRunFlags extends PoolFlags {
  readonly healthCheckInterval?: string;
  readonly min?: string;
  readonly idleExit?: string;
  readonly detach?: true;
  readonly config?: string;
  readonly isolated?: true;
}

/** Options of `booster pool status`. */
export interface PoolStatusFlags {
  readonly json?: true;
  readonly watch?: true;
  readonly store?: string;
  readonly redis?: string;
  readonly config?: string;
  readonly isolated?: true;
  readonly color?: ColorSetting;
}

/** Options of `booster pool bench`. */
export interface PoolBenchFlags extends PoolFlags {
  readonly max?: string;
  readonly files?: string;
  readonly rounds?: string;
  readonly json?: true;
  readonly color?: ColorSetting;
  readonly config?: string;
  readonly isolated?: true;
}

export interface PoolActions {
  poolRun(flags: PoolRunFlags): Promise<void>;
  poolStop(): Promise<void>;
  poolStatus(flags: PoolStatusFlags): Promise<void>;
  poolBench(paths: readonly string[], flags: PoolBenchFlags): Promise<void>;
}

const exampleText = `
Examples:
  booster pool run --detach     keep a pool ready for the hooks and agents of this project
  booster pool status           how it is; exit code 0 healthy, 1 degraded, 3 none is running
  booster pool stop             end it, when the tasks that it has are done

Other commands use the pool of the project by themselves, and work alone when there is none.`;

/** `booster pool` and what is below it. */
export function addPoolCommands(program: Command, actions: PoolActions): void {
  const pool = program
    .command('pool')
    .summary('keep instances ready for this project')
    .description('Keeps WebAssembly instances ready, so that a command need not start its own.')
    .addHelpText('after', exampleText);
  addRun(pool, actions);
  pool
    .command('stop')
    .summary('end the resident pool')
    .description('Ends the resident pool of this project, when the tasks that it has are done, and waits for that.')
    .action(() => actions.poolStop());
  pool
    .command('status')
    .summary('show the pools that are alive')
    .description(
      'Shows the resident pool of this project, and all pools whose heartbeats are in the record store: those of this ' +
        'machine, and with Redis those of all hosts. Exit code 0: healthy, 1: degraded, 3: none is running.',
    )
    .addOption(new Option('--json', 'print JSON; with --watch, a document a line'))
    .addOption(new Option('--watch', 'look again every 2 s, until interrupted'))
    .addOption(new Option('--store <folder>', 'read the record store in this folder'))
    .addOption(new Option('--redis <url>', 'read this Redis server, too'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .addOption(new Option('--config <file>', 'use this configuration file'))
    .addOption(new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']))
    .action((flags: PoolStatusFlags) => actions.poolStatus(flags));
  addBench(pool, actions);
}

function addRun(pool: Command, actions: PoolActions): void {
  const run = pool
    .command('run')
    .summary('run a resident pool')
    .description(
      'Runs a pool that serves the other commands of this user in this project (the nearest folder with a package.json ' +
        'or .git), on a local socket that only this user can open. When one runs already, that is said and nothing done.',
    )
    .addOption(new Option('--min <n>', 'instances to keep ready (default: 5, or pool.maximum when that is less)'))
    .addOption(new Option('--idle-exit <seconds>', 'end after so long without a task (default: 900)'))
    .addOption(new Option('--detach', 'run in the background; returns when it is ready'))
    .addOption(new Option('--health-check-interval <ms>', 'time between the health checks of idle instances'))
    .addOption(new Option('--config <file>', 'use this configuration file'))
    .addOption(new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']))
    .action((flags: PoolRunFlags) => actions.poolRun(flags));
  for (const option of poolOptions()) run.addOption(option);
}

function addBench(pool: Command, actions: PoolActions): void {
  const bench = pool
    .command('bench')
    .summary('measure the pool on your files')
    .description(
      'Measures how many files one WebAssembly instance up to all of them work on in a second, and how long a file takes, ' +
        'beside the main thread alone. Changes no file and uses instances of its own.',
    )
    .argument('[paths...]', 'files, folders or globs (default: this folder)')
    .addOption(new Option('--max <n>', 'most instances (default: one for each core, within pool.maximum)'))
    .addOption(new Option('--files <n>', 'most files; of more, every n-th (default: 1000)'))
    .addOption(new Option('--rounds <n>', 'how often each is measured (default: 5)'))
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .addOption(new Option('--config <file>', 'use this configuration file'))
    .addOption(new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']))
    .action((paths: string[], flags: PoolBenchFlags) => actions.poolBench(paths, flags));
  for (const option of poolOptions()) bench.addOption(option);
}
