import { Option } from 'commander';

/** Options of the commands that go over files: which ones. */
export function fileOptions(): Option[] {
  return [
    new Option('--staged', 'files staged in git').conflicts(['changed', 'since']),
    new Option('--changed', 'files that differ from the last commit, untracked ones included').conflicts(['since']),
    new Option('--since <ref>', 'files that differ from a git ref'),
    new Option('--ignore-pattern <glob>', 'leave these files out (repeatable)').argParser(collect),
    new Option('--no-ignore', 'read files that .gitignore and .boosterignore leave out'),
    new Option('--force-exclude', 'apply the ignore rules to files named here, too (for hooks)'),
    new Option('--max-bytes <size>', 'refuse larger files, e.g. 2MiB'),
    new Option('--no-errors-on-unmatched', 'no error for a path or pattern without files'),
  ];
}

/** Options of the commands that run rules: which ones. */
export function ruleOptions(): Option[] {
  return [
    new Option('--rule <id>', 'run only this rule (repeatable, or a,b)').argParser(collectIds),
    new RenamedOption('withoutRule', '--no-rule <id>', 'leave this rule out (repeatable, or a,b)').argParser(
      collectIds,
    ),
    new Option('--node <major>', 'Node that will run the code, e.g. 24 (default: the one that runs booster)'),
  ];
}

/** Options that say where settings come from, and how many threads work. */
export function configurationOptions(): Option[] {
  return [
    new Option('--config <file>', 'use this configuration file'),
    new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
    new Option('--print-config', 'print the values in force, and where each comes from'),
    new Option('--threads <n|auto>', 'how many threads to use'),
    new Option('--no-resident', "leave the project's resident pool alone (see booster pool)"),
  ];
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

/** Every value of an option that may be given more than once. */
export function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** The same for lists of names. */
function collectIds(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), ...value.split(',').filter((id) => id !== '')];
}
