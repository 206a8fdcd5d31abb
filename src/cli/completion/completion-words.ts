import type { Command, Option } from 'commander';

/** What can follow a command, for completion in a shell. */
export interface CompletionEntry {
  /** The command and those above it, e.g. `pool status`; empty for the program itself. */
  readonly path: string;
  /** Names of commands below it. */
  readonly commands: readonly { readonly name: string; readonly summary: string }[];
  readonly options: readonly CompletionOption[];
}

export interface CompletionOption {
  /** As it is typed: `--check`, `-q`. */
  readonly flags: readonly string[];
  readonly summary: string;
  /** The values that it takes; empty for any, absent for a switch. */
  readonly values?: readonly string[];
}

/** The whole command line, from the program itself: nothing is listed twice, and nothing can be forgotten. */
export function completionEntries(program: Command): readonly CompletionEntry[] {
  return collect(program, []);
}

function collect(command: Command, path: readonly string[]): CompletionEntry[] {
  const below = command.commands;
  const entry: CompletionEntry = {
    path: path.join(' '),
    commands: below.map((each) => ({ name: each.name(), summary: each.summary() })),
    options: [...command.options.filter(({ hidden }) => !hidden).map(optionOf), helpOption],
  };
  return [entry, ...below.flatMap((each) => collect(each, [...path, each.name()]))];
}

const helpOption: CompletionOption = { flags: ['-h', '--help'], summary: 'print help' };

function optionOf({ flags, description, argChoices, required, optional }: Option): CompletionOption {
  const names = flags.split(/[ ,|]+/).filter((word) => word.startsWith('-'));
  const takesValue = required || optional;
  return { flags: names, summary: description, ...(takesValue && { values: argChoices ?? [] }) };
}
