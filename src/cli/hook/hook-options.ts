import { Option } from 'commander';
import type { Command } from 'commander';
import { hookAgents } from '../../app/hook/hook-event.ts';
import { tiers } from '../../engine/finding.ts';
import { recordOptions } from '../record-options.ts';
import type { RecordFlags } from '../record-options.ts';

/** Options of `booster hook` as they stand on the command line; what is absent was not given. */
export interface HookFlags extends RecordFlags {
  readonly agent?: string;
  readonly write?: true;
  readonly strict?: true;
  readonly level?: string;
  readonly timeout?: string;
  readonly config?: string;
  readonly isolated?: true;
  /** `false` with --no-resident. */
  readonly resident: boolean;
}

const exampleText = `
For the settings of a coding agent, as what runs after it edited a file (see docs/agents.md for each of them):
  node_modules/.bin/booster hook             tell the agent what its edit introduced
  node_modules/.bin/booster hook --write     rewrite that, where behaviour provably stays the same, and say so
  node_modules/.bin/booster hook --strict    make the agent mend what can be rewritten

Exit code 0, whatever happens, and standard output is one JSON document or nothing: a hook must not break an agent.`;

/** Adds `booster hook`: parsing and help only. */
export function addHook(program: Command, action: (flags: HookFlags) => Promise<void>): void {
  const command = program
    .command('hook')
    .summary('answer the post-edit event of a coding agent')
    .description(
      'Reads the event that a coding agent sends after an edit on standard input, and answers in its dialect which slow code ' +
        'the edit introduced. Without --write nothing changes.',
    )
    .addHelpText('after', exampleText)
    .action((flags: HookFlags) => action(flags));
  const options = [
    new Option('--agent <name>', 'whose event it is, told by the event by default').choices(['auto', ...hookAgents]),
    new Option('--write', 'rewrite what the edit introduced, and say so'),
    new Option('--strict', 'block (where the agent knows that) until what can be rewritten is gone'),
    new Option('--level <level>', 'how much a rewrite may assume (default: that of the configuration)').choices(tiers),
    new Option('--timeout <ms>', 'say nothing after so long (default: 2000)'),
    new Option('--config <file>', 'use this configuration file'),
    new Option('--isolated', 'use no configuration file and no BOOSTER_* variables').conflicts(['config']),
    new Option('--no-resident', "leave the project's resident pool alone (see booster pool)"),
    ...recordOptions(),
  ];
  for (const option of options) command.addOption(option);
}
