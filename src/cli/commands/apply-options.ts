import { Option } from 'commander';
import type { Command } from 'commander';
import { poolOptions } from '../pool-options.ts';
import type { PoolFlags } from '../pool-options.ts';
import { cacheOption, recordOptions } from '../record-options.ts';
import type { CacheFlags, RecordFlags } from '../record-options.ts';

/** Options of `booster apply` as they stand on the command line; what is absent was not given. */
export interface ApplyFlags extends RecordFlags, CacheFlags, PoolFlags {
  readonly edit?: string;
  readonly stdin?: true;
  readonly patch?: string;
  readonly write?: true;
  readonly check?: true;
  readonly strictness?: string;
  readonly language?: string;
  readonly expectHash?: string;
  readonly json?: true;
  readonly maxBytes?: string;
  readonly color?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly config?: string;
  readonly isolated?: true;
  /** `false` with --no-resident. */
  readonly resident: boolean;
}

type ApplyAction = (file: string | undefined, flags: ApplyFlags) => Promise<void>;

const exampleText = `
Examples:
  booster apply src/a.ts --edit snippet.ts           show what would change, as a diff
  booster apply src/a.ts --edit snippet.ts --write   change the file
  booster apply src/a.ts --edit - --check < e.txt    only say whether it fits, and exit 1 when it does not
  booster apply --patch changes.diff --write         several files, all or none
  echo '{"file": "src/a.ts", "edit": "…"}' | booster apply --stdin --write

An edit is a snippet with \`// ... existing code ...\` where code stays, whole definitions, the whole file, SEARCH/REPLACE
blocks, a unified diff, or the *** Begin Patch format.

Exit codes: 0 applied, applies or nothing to do, 1 refused (nothing changed), 2 usage or files, 130 interrupted`;

/** Adds `booster apply`: parsing and help only. */
export function addApply(program: Command, action: ApplyAction): void {
  const command = program
    .command('apply')
    .summary("merge an agent's edit into a file, exactly or not at all")
    .description(
      'Merges an edit into a file, exactly, or refuses it and says why. Without --write nothing changes. Several files ' +
        'are changed together or not at all.',
    )
    .argument('[file]', 'the file to change')
    .addHelpText('after', exampleText)
    .action((file: string | undefined, flags: ApplyFlags) => action(file, flags));
  for (const [heading, options] of applyOptions()) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
}

function applyOptions(): [string, Option[]][] {
  return [
    [
      'The edit:',
      [
        new Option('--edit <file>', "file with the edit, or '-' for standard input"),
        new Option('--stdin', 'JSON on standard input: { file or code, edit, … } or a list of them').conflicts([
          'edit',
          'patch',
          'language',
          'expectHash',
        ]),
        new Option('--patch <file>', "patch over several files, or '-'").conflicts(['edit', 'language', 'expectHash']),
        new Option('--language <name>', 'language of the file (default: told by its name)'),
      ],
    ],
    [
      'What to do:',
      [
        new Option('--write', 'change the files').conflicts(['check']),
        new Option('--check', 'change nothing and print the verdict only'),
        // validated with the configuration, where the same words stand
        new Option('--strictness <level>', 'how sure the place must be').choices(['strict', 'balanced', 'permissive']),
        new Option('--expect-hash <sha256>', 'refuse a file with another content (8 digits or more)'),
        new Option('--max-bytes <size>', 'refuse larger files, e.g. 2MiB'),
      ],
    ],
    [
      'Output:',
      [
        new Option('--json', 'print one JSON document (always so with --stdin)'),
        new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
        new Option('-q, --quiet', 'results, refusals and errors only').conflicts(['verbose']),
        new Option('-v, --verbose', 'also hashes, and stack traces'),
      ],
    ],
    [
      'Configuration:',
      [
        new Option('--config <file>', 'use this configuration file'),
        new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
        new Option('--no-resident', "leave the project's resident pool alone (see booster pool)"),
        ...poolOptions(),
        cacheOption(),
        ...recordOptions(),
      ],
    ],
  ];
}
