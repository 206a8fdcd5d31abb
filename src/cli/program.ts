import { Command, Option } from 'commander';
import { tiers } from '../engine/finding.ts';
import type { Io } from '../shared/io.ts';
import { addApply } from './commands/apply-options.ts';
import type { ApplyFlags } from './commands/apply-options.ts';
import { addPoolCommands } from './add-pool-commands.ts';
import type { PoolActions } from './add-pool-commands.ts';
import { addHook } from './hook/hook-options.ts';
import type { HookFlags } from './hook/hook-options.ts';
import { recordOptions } from './record-options.ts';
import type { RecordFlags } from './record-options.ts';
import { reporterNames } from './reporters/create-reporter.ts';
import type { ColorSetting } from './terminal.ts';

/** Options of `booster optimize` as they stand on the command line; what is absent was not given. */
export interface OptimizeFlags extends RecordFlags {
  readonly write?: true;
  readonly check?: true;
  readonly level?: string;
  readonly rule?: readonly string[];
  readonly withoutRule?: readonly string[];
  readonly reporter?: string;
  readonly staged?: true;
  readonly changed?: true;
  readonly since?: string;
  readonly ignorePattern?: readonly string[];
  /** `false` with --no-ignore. */
  readonly ignore: boolean;
  readonly forceExclude?: true;
  readonly node?: string;
  readonly threads?: string;
  /** `false` with --no-resident. */
  readonly resident: boolean;
  readonly maxBytes?: string;
  readonly color?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly config?: string;
  readonly printConfig?: true;
  readonly isolated?: true;
  readonly stdinFilepath?: string;
  /** `false` with --no-errors-on-unmatched. */
  readonly errorsOnUnmatched: boolean;
}

/** Options of `booster rules` and `booster rule`. */
export interface RuleFlags {
  readonly json?: true;
  readonly color?: ColorSetting;
}

export interface Actions extends PoolActions {
  optimize(paths: readonly string[], flags: OptimizeFlags): Promise<void>;
  apply(file: string | undefined, flags: ApplyFlags): Promise<void>;
  hook(flags: HookFlags): Promise<void>;
  rules(flags: RuleFlags): Promise<void>;
  rule(id: string, flags: RuleFlags): Promise<void>;
}

const exampleText = `
Examples:
  booster optimize src                       show what would change, as a diff
  booster optimize src --write               change the files
  booster optimize src --check               for CI: list the files and exit 1 when there are any
  booster optimize src/a.ts | git apply      the diff is a patch
  booster optimize --staged --check          only what is staged for the next commit
  booster optimize - --stdin-filepath a.ts   standard input to standard output

Exit codes: 0 done, 1 --check found something to do, 2 usage, configuration or files, 130 interrupted`;

/** The command line as data: parsing and help only; what is done is in `actions`. */
export function createProgram(version: string, io: Io, actions: Actions): Command {
  const program = new Command('booster')
    .description(
      'Finds slow JavaScript and TypeScript code and rewrites it only where behaviour provably stays the same; merges the ' +
        'edits of coding agents, exactly or not at all.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      // Errors are thrown to `main`, which prints all of them in one form.
      outputError: () => undefined,
      getOutHelpWidth: () => helpWidth(io.stdout),
      getErrHelpWidth: () => helpWidth(io.stderr),
    });
  addOptimize(program, actions);
  addApply(program, (file, flags) => actions.apply(file, flags));
  addHook(program, (flags) => actions.hook(flags));
  addRules(program, actions);
  addPoolCommands(program, actions);
  return program;
}

function addOptimize(program: Command, actions: Actions): void {
  const command = program
    .command('optimize')
    .summary('find slow code in files; show, check or write the rewrites')
    .description(
      'Finds slow code and rewrites it where behaviour provably stays the same. Without --write nothing changes.',
    )
    .argument('[paths...]', "files, folders, globs, or '-' for standard input (default: this folder)")
    .addHelpText('after', exampleText)
    .action((paths: string[], flags: OptimizeFlags) => actions.optimize(paths, flags));
  for (const [heading, options] of optimizeOptions()) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
}

function optimizeOptions(): [string, Option[]][] {
  return [
    [
      'What to do:',
      [
        new Option('--fix, --write', 'change the files').conflicts(['check']),
        new Option('--check', 'change nothing, list the files with something to do, and exit 1 when there are any'),
        new Option('--level <level>', 'how much a rewrite may assume, safe by default').choices(tiers),
        new Option('--rule <id>', 'run only this rule (repeatable, or a,b)').argParser(collectIds),
        new RenamedOption('withoutRule', '--no-rule <id>', 'leave this rule out (repeatable, or a,b)').argParser(
          collectIds,
        ),
        new Option('--node <major>', 'Node that will run the code, e.g. 24 (default: the one that runs booster)'),
      ],
    ],
    [
      'Which files:',
      [
        new Option('--staged', 'files staged in git').conflicts(['changed', 'since']),
        new Option('--changed', 'files that differ from the last commit, untracked ones included').conflicts(['since']),
        new Option('--since <ref>', 'files that differ from a git ref'),
        new Option('--ignore-pattern <glob>', 'leave these files out (repeatable)').argParser(collect),
        new Option('--no-ignore', 'read files that .gitignore and .boosterignore leave out'),
        new Option('--force-exclude', 'apply the ignore rules to files named here, too (for hooks)'),
        new Option('--max-bytes <size>', 'refuse larger files, e.g. 2MiB'),
        new Option('--stdin-filepath <path>', 'name and language of standard input'),
        new Option('--no-errors-on-unmatched', 'no error for a path or pattern without files'),
      ],
    ],
    [
      'Output:',
      [
        new Option('--reporter <name>', 'form of the result').choices(reporterNames),
        new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
        new Option('-q, --quiet', 'results and errors only').conflicts(['verbose']),
        new Option('-v, --verbose', 'also what was left alone, and stack traces'),
      ],
    ],
    ['Configuration:', configurationOptions()],
  ];
}

function configurationOptions(): Option[] {
  return [
    new Option('--config <file>', 'use this configuration file'),
    new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
    new Option('--print-config', 'print the values in force, and where each comes from'),
    new Option('--threads <n|auto>', 'how many threads to use'),
    new Option('--no-resident', "leave the project's resident pool alone (see booster pool)"),
    ...recordOptions(),
  ];
}

function addRules(program: Command, actions: Actions): void {
  program
    .command('rules')
    .summary('list the rules')
    .description('Lists the rules: what each one finds, how safe its rewrite is, and for which languages.')
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((flags: RuleFlags) => actions.rules(flags));
  program
    .command('rule')
    .summary('explain a rule')
    .description('Explains a rule: what it finds, why that is slow, what it becomes, and when the code stays as it is.')
    .argument('<id>', 'as listed by `booster rules`')
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((id: string, flags: RuleFlags) => actions.rule(id, flags));
}

/** commander takes every `--no-x` for the negation of `--x`; this is an option of its own. */
class RenamedOption extends Option {
  readonly #name: string;

  constructor(name: string, flags: string, description: string) {
    super(flags, description);
    this.#name = name;
    this.negate = false;
  }

  override attributeName(): string {
    return this.#name;
  }
}

function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

function collectIds(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(',').filter((id) => id !== '')];
}

function helpWidth({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}
