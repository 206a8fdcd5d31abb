import { Option } from 'commander';
import type { Command } from 'commander';
import { BoosterError } from '../../shared/errors.ts';
import { recordOptions } from '../record-options.ts';
import type { RecordFlags } from '../record-options.ts';

/** Options of `booster generate` as they stand on the command line; what is absent was not given. */
export interface GenerateFlags extends RecordFlags {
  readonly input?: string;
  readonly out?: string;
  readonly into?: string;
  readonly set?: readonly string[];
  readonly write?: true;
  readonly check?: true;
  readonly force?: true;
  readonly keep?: 'mine' | 'generated';
  readonly json?: true;
  readonly maxBytes?: string;
  readonly color?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly config?: string;
  readonly isolated?: true;
}

type GenerateAction = (generator: string, name: string | undefined, flags: GenerateFlags) => Promise<void>;

const exampleText = `
Examples:
  booster generate list                                      what can be generated
  booster generate show validator                            what one does, its options, and when not to use it
  booster generate types User --input user.json              print the code
  booster generate validator User --input user.schema.json --out src/user.validator.ts
                                                             show what would change, as a diff; --write writes it
  booster generate collection Jobs --set kind=ring-buffer --out src/jobs.ts --write
  booster generate types User --input user.json --into src/model.ts
                                                             merge it into a file that is there
  booster generate "validator for User" --input user.schema.json
                                                             the generator is picked by its keywords, or the command refuses
  booster generate component UserCard --write                a template of the project, from .booster/templates/component/
  booster generate … --out src/user.validator.ts --check     for CI: exit 1 when the file is not what would be generated

The same input gives the same bytes. Nothing is loaded from the network.

What was generated before is replaced; changes by hand are merged, and kept. Where both changed the same lines, nothing is
written: --keep mine or --keep generated settles it, for later runs as well. The texts for that are in .booster/generated.json.

Exit codes: 0 done, 1 --check found a difference, conflict or refused, 2 usage, input or files, 130 interrupted`;

/** Adds `booster generate`: parsing and help only. */
export function addGenerate(program: Command, action: GenerateAction): void {
  const command = program
    .command('generate')
    .summary('generate types, validators, collections from a description of data')
    .description(
      'Generates code without a model: the same input gives the same bytes. Without --write nothing changes; without --out ' +
        'the code is printed.',
    )
    .argument('<generator>', "a generator, a template of the project, 'list', 'show', or a description in words")
    .argument('[name]', 'what the code is called, e.g. User')
    .addHelpText('after', exampleText)
    .allowExcessArguments()
    .action((generator: string, name: string | undefined, flags: GenerateFlags, { args }: Command) => {
      const [, , rest] = args;
      if (rest === undefined) return action(generator, name, flags);
      const message = `what is ${JSON.stringify(rest)}? A file to generate from stands behind --input, an option is --set key=value, and a description stands in quotes`;
      throw new BoosterError('E_CLI_USAGE', message);
    });
  for (const [heading, options] of generateOptions()) {
    command.optionsGroup(heading);
    for (const option of options) command.addOption(option);
  }
}

function generateOptions(): [string, Option[]][] {
  return [
    [
      'What to generate:',
      [
        new Option('--input <file>', "file to generate from, or '-' for standard input"),
        new Option('--out <file>', 'file to generate; others of the same generator lie beside it'),
        new Option('--into <file>', 'existing file to merge the code into, as `booster apply` would').conflicts([
          'out',
          'force',
        ]),
        new Option('--set <key=value>', 'option of the generator (repeatable)').argParser(collect),
      ],
    ],
    [
      'What to do:',
      [
        new Option('--write', 'write the files').conflicts(['check']),
        new Option('--check', 'change nothing, list the files that differ, and exit 1 when there are any'),
        new Option('--force', 'replace files that have other content, changes by hand included'),
        new Option('--keep <side>', 'settle conflicts with changes by hand; everything else is merged')
          .choices(['mine', 'generated'])
          .conflicts(['force', 'check']),
        new Option('--max-bytes <size>', 'refuse larger files, e.g. 2MiB'),
      ],
    ],
    [
      'Output:',
      [
        new Option('--json', 'print one JSON document'),
        new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']),
        new Option('-q, --quiet', 'results and errors only').conflicts(['verbose']),
        new Option('-v, --verbose', 'also stack traces'),
      ],
    ],
    [
      'Configuration:',
      [
        new Option('--config <file>', 'use this configuration file'),
        new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
        ...recordOptions(),
      ],
    ],
  ];
}

function collect(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
