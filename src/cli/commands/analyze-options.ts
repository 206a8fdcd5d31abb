import { Option } from 'commander';
import type { Command } from 'commander';
import { confidences, levels } from '../../engine/analysis/analysis.ts';
import { analysisReporterNames } from '../analysis-reporters/create-analysis-reporter.ts';
import { poolOptions } from '../pool-options.ts';
import type { PoolFlags } from '../pool-options.ts';
import { cacheOption, recordOptions } from '../record-options.ts';
import type { CacheFlags, RecordFlags } from '../record-options.ts';
import { collect, configurationOptions, fileOptions, ruleOptions } from '../shared-options.ts';

/** Options of `booster analyze` as they stand on the command line; what is absent was not given. */
export interface AnalyzeFlags extends RecordFlags, CacheFlags, PoolFlags {
  readonly rule?: readonly string[];
  readonly withoutRule?: readonly string[];
  readonly node?: string;
  readonly minLevel?: string;
  readonly minConfidence?: string;
  readonly top?: string;
  readonly profile?: readonly string[];
  readonly coverage?: readonly string[];
  readonly run?: string;
  readonly reporter?: string;
  readonly outputFile?: readonly string[];
  readonly failOn?: string;
  readonly maxWarnings?: string;
  readonly newOnly?: true;
  readonly suppressAll?: true;
  readonly pruneSuppressions?: true;
  readonly suppressionsLocation?: string;
  readonly staged?: true;
  readonly changed?: true;
  readonly since?: string;
  readonly ignorePattern?: readonly string[];
  /** `false` with --no-ignore. */
  readonly ignore: boolean;
  readonly forceExclude?: true;
  readonly maxBytes?: string;
  /** `false` with --no-errors-on-unmatched. */
  readonly errorsOnUnmatched: boolean;
  readonly threads?: string;
  /** `false` with --no-resident. */
  readonly resident: boolean;
  readonly color?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly config?: string;
  readonly printConfig?: true;
  readonly isolated?: true;
}

const exampleText = `
Examples:
  booster analyze src                               what is slow, the worst first
  booster analyze src --top 20                      and the 20 functions that grow most
  booster analyze src --run "npm test"              ranked by the time that they took
  booster analyze --staged --fail-on warning        before a commit
  booster analyze src --reporter sarif --output-file sarif=booster.sarif

Silence a finding with a comment on the line before it: // booster-ignore <rule>: <reason>

Exit codes: 0 done, 1 --fail-on or --max-warnings was reached, 2 usage, configuration or files, 130 interrupted`;

/** Adds `booster analyze`: parsing and help only. */
export function addAnalyze(
  program: Command,
  action: (paths: readonly string[], flags: AnalyzeFlags) => Promise<void>,
): void {
  const command = program
    .command('analyze')
    .summary('find slow code: what, why, how sure, and what to do; changes nothing')
    .description(
      'Finds slow code: what booster can rewrite, and what only a person can decide. Says how the cost grows, how sure it is and ' +
        'what to do. Changes nothing.',
    )
    .argument('[paths...]', 'files, folders or globs (default: this folder)')
    .addHelpText('after', exampleText)
    .action((paths: string[], flags: AnalyzeFlags) => action(paths, flags));
  for (const [heading, options] of analyzeOptions()) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
}

function analyzeOptions(): [string, Option[]][] {
  return [
    [
      'What to look for:',
      [
        ...ruleOptions(),
        new Option('--min-level <level>', 'only findings of this level or a worse one').choices(levels),
        new Option(
          '--min-confidence <word>',
          'only findings that are at least so sure (default: likely, and possible ones that take measured time)',
        ).choices(confidences),
        new Option('--top <n>', 'also list the n functions whose cost grows most'),
      ],
    ],
    [
      'What was measured:',
      [
        new Option(
          '--profile <file>',
          'CPU profile (.cpuprofile) of the program: rank by measured time (repeatable)',
        ).argParser(collect),
        new Option('--coverage <dir>', 'folder that NODE_V8_COVERAGE filled: exact counts (repeatable)').argParser(
          collect,
        ),
        new Option('--run <command>', 'run this, record a CPU profile of it, and rank by that').conflicts(['profile']),
      ],
    ],
    ['Which files:', fileOptions()],
    ['For CI:', gateOptions()],
    [
      'Output:',
      [
        new Option('--reporter <name>', 'form of the result').choices(analysisReporterNames),
        new Option('--output-file <reporter=path>', 'write this form to a file (repeatable)').argParser(collect),
        new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
        new Option('-q, --quiet', 'results and errors only').conflicts(['verbose']),
        new Option('-v, --verbose', 'also evidence, what was skipped, and stack traces'),
      ],
    ],
    ['Configuration:', [...configurationOptions(), ...poolOptions(), cacheOption(), ...recordOptions()]],
  ];
}

/** What decides on the exit code. */
function gateOptions(): Option[] {
  return [
    new Option('--fail-on <level>', 'exit 1 when there is a finding of this level or a worse one').choices(levels),
    new Option('--new-only', 'only findings that the last commit (with --since, its base) does not have'),
    new Option('--max-warnings <n>', 'exit 1 when there are more findings than this of level warning or error'),
    new Option('--suppress-all', 'accept all findings of these files: write them to the baseline'),
    new Option('--prune-suppressions', 'take entries that match nothing any more out of the baseline').conflicts([
      'suppressAll',
    ]),
    new Option('--suppressions-location <file>', 'the baseline (default: booster-suppressions.json)'),
  ];
}
