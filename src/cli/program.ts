import { Command, Option } from 'commander';
import { tiers } from '../engine/finding.ts';
import type { Io } from '../shared/io.ts';
import { addAnalyze } from './commands/analyze-options.ts';
import type { AnalyzeFlags } from './commands/analyze-options.ts';
import { addApply } from './commands/apply-options.ts';
import type { ApplyFlags } from './commands/apply-options.ts';
import { addGenerate } from './commands/generate-options.ts';
import type { GenerateFlags } from './commands/generate-options.ts';
import { addPoolCommands } from './add-pool-commands.ts';
import type { PoolActions } from './add-pool-commands.ts';
import { addSetupCommands } from './add-setup-commands.ts';
import type { SetupActions } from './add-setup-commands.ts';
import { addHook } from './hook/hook-options.ts';
import type { HookFlags } from './hook/hook-options.ts';
import { poolOptions } from './pool-options.ts';
import type { PoolFlags } from './pool-options.ts';
import { cacheOption, recordOptions } from './record-options.ts';
import type { CacheFlags, RecordFlags } from './record-options.ts';
import { evidenceOptions } from './evidence-options.ts';
import { proofOptions } from './proof-options.ts';
import { reporterNames } from './reporters/create-reporter.ts';
import { configurationOptions, fileOptions, ruleOptions } from './shared-options.ts';
import { addRunsCommands } from './runs/add-runs-commands.ts';
import type { RunsAction, RunsFlags } from './runs/add-runs-commands.ts';
import type { ColorSetting } from './terminal.ts';

/** Options of `booster optimize` as they stand on the command line; what is absent was not given. */
export interface OptimizeFlags extends RecordFlags, CacheFlags, PoolFlags {
  readonly write?: true;
  readonly check?: true;
  readonly recover?: true;
  readonly verify?: string;
  readonly measure?: string;
  readonly measureRuns?: string;
  readonly measureEach?: true;
  readonly proofTimeout?: string;
  readonly level?: string;
  readonly maxFiles?: string;
  readonly statistics?: true;
  readonly timing?: true;
  readonly types?: true;
  readonly coverage?: readonly string[];
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

export interface Actions extends PoolActions, SetupActions {
  runs(action: RunsAction, flags: RunsFlags): Promise<void>;
  optimize(paths: readonly string[], flags: OptimizeFlags): Promise<void>;
  analyze(paths: readonly string[], flags: AnalyzeFlags): Promise<void>;
  apply(file: string | undefined, flags: ApplyFlags): Promise<void>;
  hook(flags: HookFlags): Promise<void>;
  generate(generator: string, name: string | undefined, flags: GenerateFlags): Promise<void>;
  rules(flags: RuleFlags): Promise<void>;
  rulesTest(): Promise<void>;
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
  booster optimize src --write --verify "npm test"   keep what the tests pass with, take back the rest

Exit codes: 0 done, 1 --check found something to do, 2 usage, configuration or files, 130 interrupted`;

type AddCommands = (program: Command, actions: Actions) => void;

/** What makes the command of a name, in the order of the help. `completion` is not among them: it is a program of all of them. */
const commands: ReadonlyMap<string, AddCommands> = new Map<string, AddCommands>([
  ['optimize', addOptimize],
  [
    'analyze',
    (program, actions) => {
      addAnalyze(program, (paths, flags) => actions.analyze(paths, flags));
    },
  ],
  [
    'apply',
    (program, actions) => {
      addApply(program, (file, flags) => actions.apply(file, flags));
    },
  ],
  [
    'hook',
    (program, actions) => {
      addHook(program, (flags) => actions.hook(flags));
    },
  ],
  [
    'generate',
    (program, actions) => {
      addGenerate(program, (generator, name, flags) => actions.generate(generator, name, flags));
    },
  ],
  ['rules', addRules],
  ['rule', addRules],
  ['pool', addPoolCommands],
  [
    'runs',
    (program, actions) => {
      addRunsCommands(program, (action, flags) => actions.runs(action, flags));
    },
  ],
  ['init', addSetupCommands],
  ['doctor', addSetupCommands],
  ['agents', addSetupCommands],
]);

/**
 * The command line as data: parsing and help only; what is done is in `actions`.
 * @param command when it is the name of a command, only that one is made: the hundreds of options of all take milliseconds
 */
export function createProgram(version: string, io: Io, actions: Actions, command = ''): Command {
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
  const wanted = commands.get(command);
  for (const add of wanted === undefined ? new Set(commands.values()) : [wanted]) add(program, actions);
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
        ...ruleOptions(),
      ],
    ],
    ['Evidence from outside of the file:', evidenceOptions()],
    ['Proof by your own commands (with --write):', proofOptions()],
    [
      'Which files:',
      [
        ...fileOptions(),
        new Option('--stdin-filepath <path>', 'name and language of standard input'),
        new Option('--max-files <n>', 'end with the n-th file that has something to rewrite'),
      ],
    ],
    [
      'Output:',
      [
        new Option('--reporter <name>', 'form of the result').choices(reporterNames),
        new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
        new Option('--statistics', 'what each rule found, in a table (with JSON: in the summary)'),
        new Option('--timing', 'where the time went, likewise'),
        new Option('-q, --quiet', 'results and errors only').conflicts(['verbose']),
        new Option('-v, --verbose', 'also what was left alone, and stack traces'),
      ],
    ],
    ['Configuration:', [...configurationOptions(), ...poolOptions(), cacheOption(), ...recordOptions()]],
  ];
}

function addRules(program: Command, actions: Actions): void {
  const list = program
    .command('rules')
    .summary('list the rules; test those of the project')
    .description('Lists the rules: what each one finds, how safe its rewrite is, and for which languages.')
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((flags: RuleFlags) => actions.rules(flags));
  list
    .command('test')
    .summary('test the rules of this project')
    .description(
      'Checks the rules in .booster/rules, and runs the tests that they bring. Nothing of the project is executed.',
    )
    .action(() => actions.rulesTest());
  program
    .command('rule')
    .summary('explain a rule')
    .description('Explains a rule: what it finds, why that is slow, what it becomes, and when the code stays as it is.')
    .argument('<id>', 'as listed by `booster rules`')
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((id: string, flags: RuleFlags) => actions.rule(id, flags));
}

function helpWidth({ columns }: { readonly columns?: number }): number {
  return columns === undefined || columns === 0 ? 80 : columns;
}
