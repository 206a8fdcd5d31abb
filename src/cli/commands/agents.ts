import { agentFacts } from '../../agents/agent-facts.ts';
import { BoosterAgentRegistry } from '../../agents/BoosterAgentRegistry.ts';
import type { AgentProfile } from '../../agents/agent-profile.ts';
import type { AgentResult, AgentTask } from '../../agents/agent-task.ts';
import { agentTaskTypes } from '../../agents/agent-task.ts';
import { resolveConfig } from '../../config/resolve-config.ts';
import { suggest } from '../../config/suggest.ts';
import { readStream } from '../../files/read-stream.ts';
import type { AgentPresence } from '../../records/agent-presence.ts';
import { BoosterError, asBoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import type { AgentsFlags } from '../add-setup-commands.ts';
import type { ExitCode } from '../exit-codes.ts';
import { exitCodes } from '../exit-codes.ts';
import { recordRun } from '../record-run.ts';
import { schemaVersion } from '../reporters/json-entries.ts';
import { tableText } from '../table-text.ts';
import { plainTerminal } from '../terminal.ts';
import { visibleLine } from '../visible-text.ts';

const maximumTaskBytes = 64 * 2 ** 20;

/** `booster agents list` */
export async function runAgentsList(flags: AgentsFlags, io: Io): Promise<void> {
  const { profiles, broken } = await registryOf(io).discover();
  const { agents, problem } = await agentsInRedis(io);
  if (flags.json) {
    const redis = agents === undefined && problem === undefined ? {} : { agents, problem };
    io.stdout.write(`${JSON.stringify({ schemaVersion, profiles, broken, ...redis }, undefined, 2)}\n`);
    return;
  }
  const rows = profiles.map((profile) => [profile.name, abilities(profile), visibleLine(profile.description)]);
  const { columns } = io.stdout as { readonly columns?: number };
  const width = columns === undefined || columns === 0 ? {} : { columns };
  const look = { paintHeader: (text: string) => text, ...width };
  io.stdout.write(`${tableText([['profile', 'can do', 'what'], ...rows], look)}\n`);
  if (agents !== undefined) {
    const running = agents.map(({ name, host, pid, project, tasks, load, health }) => [
      ...[name, `${host}:${String(pid)}`, project].map(visibleLine),
      ...[String(tasks), load.toFixed(1), health.toFixed(2)],
    ]);
    const head = ['agent', 'process', 'project', 'tasks', 'load', 'health'];
    io.stdout.write(running.length === 0 ? 'no agent is running\n' : `${tableText([head, ...running], look)}\n`);
  }
  for (const { path, problem: what } of broken) warn(io, `${path}: ${what}`);
  if (problem !== undefined) warn(io, problem);
}

function warn({ stderr }: Io, message: string): void {
  stderr.write(`warning: ${visibleLine(message)}\n`);
}

const redisPatienceMs = 1000;

/** The agents that are alive in any process, when Redis is configured. What is wrong with that is no reason not to list profiles. */
async function agentsInRedis({ cwd, env }: Io): Promise<{ agents?: readonly AgentPresence[]; problem?: string }> {
  try {
    const { redis } = (await resolveConfig({ cwd, env })).config;
    if (redis.url === 'none') return {};
    const { RedisAgents } = await import('../../records/redis/redis-agents.ts');
    const link = await RedisAgents.open(redis, () => redisPatienceMs);
    try {
      return { agents: await link.living(Date.now()) };
    } finally {
      link.close();
    }
  } catch (error) {
    return { problem: asBoosterError(error).message };
  }
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
    const exitCode =
      result.error?.code === 'E_TASK_ABORTED'
        ? exitCodes.interrupted
        : { done: exitCodes.done, refused: exitCodes.somethingToDo, failed: exitCodes.failure }[result.status];
    if (agentTaskTypes.includes(result.type)) await record(task, result, exitCode, io);
    return exitCode;
  } finally {
    await registry.shutdown();
  }
}

/** With a configuration that cannot be read, nothing is known of where to; the task is done all the same. */
async function record(task: AgentTask, result: AgentResult, exitCode: ExitCode, io: Io): Promise<void> {
  const resolution = await resolveConfig({ cwd: io.cwd, env: io.env }).catch((error: unknown) => {
    warn(io, `not recorded: ${asBoosterError(error).message}`);
  });
  if (resolution === undefined) return;
  const files = [agentFacts(task, result)];
  await recordRun({ command: 'agent', exitCode, files, resolution, quiet: false, paint: plainTerminal.paint }, io);
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
