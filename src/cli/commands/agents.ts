import { BoosterAgentRegistry } from '../../agents/BoosterAgentRegistry.ts';
import type { AgentProfile } from '../../agents/agent-profile.ts';
import type { AgentTask } from '../../agents/agent-task.ts';
import { suggest } from '../../config/suggest.ts';
import { readStream } from '../../files/read-stream.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { AgentsFlags } from '../add-setup-commands.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import { visibleLine } from '../visible-text.ts';

const maximumTaskBytes = 64 * 2 ** 20;

/** `booster agents list` */
export async function runAgentsList(flags: AgentsFlags, io: Io): Promise<void> {
  const { profiles, broken } = await registryOf(io).discover();
  if (flags.json) {
    io.stdout.write(`${JSON.stringify({ schemaVersion, profiles, broken }, undefined, 2)}\n`);
    return;
  }
  const rows = profiles.map((profile) => [profile.name, abilities(profile), visibleLine(profile.description)]);
  const { columns } = io.stdout as { readonly columns?: number };
  const width = columns === undefined || columns === 0 ? {} : { columns };
  io.stdout.write(
    `${tableText([['profile', 'can do', 'what'], ...rows], { paintHeader: (text) => text, ...width })}\n`,
  );
  for (const { path, problem } of broken) io.stderr.write(`warning: ${visibleLine(path)}: ${visibleLine(problem)}\n`);
}

/** `booster agents show` @throws BoosterError E_AGENT_PROFILE */
export async function runAgentsShow(name: string, flags: AgentsFlags, io: Io): Promise<void> {
  const { profiles } = await registryOf(io).discover();
  const profile = profiles.find((each) => each.name === name);
  if (profile === undefined) {
    const names = profiles.map((each) => each.name);
    const near = suggest(name, names);
    const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there are ${names.join(', ')}`;
    throw new BoosterError('E_AGENT_PROFILE', `no profile is named ${JSON.stringify(name)}; ${hint}`);
  }
  io.stdout.write(flags.json ? `${JSON.stringify({ schemaVersion, profile }, undefined, 2)}\n` : profileText(profile));
}

/** `booster agents run` @throws BoosterError E_AGENT_PROFILE, E_AGENT_INPUT */
export async function runAgentsRun(name: string, io: Io): Promise<ExitCode> {
  const task = await readTaskDocument(io);
  const registry = registryOf(io);
  try {
    await registry.createAgent(name);
    const result = await registry.executeTask(task, { signal: io.signal });
    io.stdout.write(`${JSON.stringify({ schemaVersion, ...result }, undefined, 2)}\n`);
    if (result.error?.code === 'E_TASK_ABORTED') return exitCodes.interrupted;
    return { done: exitCodes.done, refused: exitCodes.somethingToDo, failed: exitCodes.failure }[result.status];
  } finally {
    await registry.shutdown();
  }
}

async function readTaskDocument({ stdin, signal }: Io): Promise<AgentTask> {
  const bytes = await readStream(stdin, { maximumBytes: maximumTaskBytes, signal });
  try {
    return JSON.parse(bytes.toString('utf8')) as AgentTask;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BoosterError('E_AGENT_INPUT', `standard input holds no JSON task: ${message}`, {}, error);
  }
}

function registryOf({ cwd }: Io): BoosterAgentRegistry {
  return new BoosterAgentRegistry({ projectFolder: cwd });
}

function abilities({ capabilities }: AgentProfile): string {
  return capabilities.length === 0 ? 'nothing of booster' : capabilities.join(', ');
}

function profileText(profile: AgentProfile): string {
  const { name, description, maxConcurrentTasks, timeout, path } = profile;
  const facts: [string, string][] = [
    ['can do', abilities(profile)],
    ...(maxConcurrentTasks === undefined ? [] : [['at a time', String(maxConcurrentTasks)] as [string, string]]),
    ...(timeout === undefined ? [] : [['time limit', `${String(timeout)} ms`] as [string, string]]),
    ['stands in', path ?? 'booster itself'],
  ];
  const lines = facts.map(([label, value]) => `  ${label.padEnd(11)}${visibleLine(value)}`);
  return `${name}: ${visibleLine(description)}\n${lines.join('\n')}\n`;
}
