import type { Command } from 'commander';
import { Argument, Option } from 'commander';
import type { DoctorFlags } from './commands/doctor.ts';
import type { InitFlags } from './commands/init.ts';
import { completionShells } from './completion/completion-script.ts';
import type { CompletionShell } from './completion/completion-script.ts';

/** Options of `booster agents list` and `show`. */
export interface AgentsFlags {
  readonly json?: true;
}

export interface SetupActions {
  init(tools: readonly string[], flags: InitFlags): Promise<void>;
  doctor(flags: DoctorFlags): Promise<void>;
  completion(shell: CompletionShell, program: Command): Promise<void>;
  agentsList(flags: AgentsFlags): Promise<void>;
  agentsShow(name: string, flags: AgentsFlags): Promise<void>;
  agentsRun(name: string): Promise<void>;
}

const runText = `
Example:
  echo '{"type": "code-optimization", "input": {"code": "…", "filename": "a.ts"}}' | booster agents run code-booster

Task types and their input: docs/agents.md. Exit codes: 0 done, 1 refused, 2 failed, 130 interrupted`;

const initText = `
Tools: claude, codex, gemini, copilot, cursor, windsurf, opencode, lint-staged, lefthook, pre-commit, husky, github, gitlab

Examples:
  booster init                   what would be written for the tools that are found here, as a diff
  booster init --write           write it
  booster init claude github     these tools, found or not

Exit codes: 0 done, 1 a file was refused (the others are written), 2 usage or files, 130 interrupted`;

/** `booster init`, `booster doctor`, `booster completion` and `booster agents`. */
export function addSetupCommands(program: Command, actions: SetupActions): void {
  addInit(program, actions);
  addAgents(program, actions);
  program
    .command('doctor')
    .summary('check the installation')
    .description(
      'Checks Node, every engine by a real parse and a real edit, the record store, the configuration and the terminal. ' +
        'Exit code 1 when something fails.',
    )
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((flags: DoctorFlags) => actions.doctor(flags));
  program
    .command('completion')
    .summary('print the completion for a shell')
    .description(
      'Prints a program that completes booster on the command line. For bash: eval "$(booster completion bash)" in ~/.bashrc; ' +
        'for zsh the same in ~/.zshrc; for fish: booster completion fish > ~/.config/fish/completions/booster.fish.',
    )
    .addArgument(new Argument('<shell>', 'which shell').choices(completionShells))
    .action((shell: CompletionShell) => actions.completion(shell, program));
}

function addInit(program: Command, actions: SetupActions): void {
  program
    .command('init')
    .summary('set a project up: hooks of coding agents, git hooks, CI')
    .description(
      'Adds booster to the settings of the tools that are found in this folder, and keeps all that stands there. Without --write ' +
        'nothing changes. Can be run again.',
    )
    .argument('[tools...]', 'tools to set up (default: those that are found here)')
    .addHelpText('after', initText)
    .addOption(new Option('--write', 'write the files'))
    .addOption(new Option('--json', 'print JSON'))
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']))
    .action((tools: string[], flags: InitFlags) => actions.init(tools, flags));
}

function addAgents(program: Command, actions: SetupActions): void {
  const agents = program
    .command('agents')
    .summary('agent profiles, and tasks for them')
    .description('Shows the agent profiles of this project, and does tasks.');
  agents
    .command('list')
    .summary('list the profiles')
    .description('Lists the agent profiles: the one that comes with booster, and those of .claude/agents.')
    .addOption(new Option('--json', 'print JSON'))
    .action((flags: AgentsFlags) => actions.agentsList(flags));
  agents
    .command('show')
    .summary('show a profile')
    .description('Shows an agent profile: what its agents can do, and where it stands.')
    .argument('<name>', 'as listed by `booster agents list`')
    .addOption(new Option('--json', 'print JSON'))
    .action((name: string, flags: AgentsFlags) => actions.agentsShow(name, flags));
  agents
    .command('run')
    .summary('do a task')
    .description(
      'Reads a task as JSON on standard input, does it by an agent of this profile, and prints the result as JSON.',
    )
    .argument('<name>', 'as listed by `booster agents list`')
    .addHelpText('after', runText)
    .action((name: string) => actions.agentsRun(name));
}
