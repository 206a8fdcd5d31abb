import { detectAgent } from '../../app/hook/detect-agent.ts';
import { Fields } from '../../app/hook/fields.ts';
import { hookAgents } from '../../app/hook/hook-event.ts';
import type { HookAgent } from '../../app/hook/hook-event.ts';
import { inspectEvent } from '../../app/hook/inspect-event.ts';
import type { InspectEventOptions, InspectedEvent, NamedReport } from '../../app/hook/inspect-event.ts';
import { readEvent } from '../../app/hook/read-event.ts';
import { readStream } from '../../files/read-stream.ts';
import { rules } from '../../rules/index.ts';
import { BoosterError } from '../../shared/errors.ts';
import type { Io } from '../../shared/io.ts';
import { hookAnswer } from '../hook/hook-answer.ts';
import type { HookFlags } from '../hook/hook-options.ts';
import { hookText } from '../hook/hook-text.ts';
import { recordSettings } from '../record-options.ts';
import { recordRun } from '../record-run.ts';
import { plainTerminal } from '../terminal.ts';
import { exitCodes } from '../exit-codes.ts';
import { readInteger } from '../read-integer.ts';
import { visibleLine } from '../visible-text.ts';

const defaultTimeoutMs = 2_000;

/** An event holds the file before the edit and the edit itself, and a file is refused above 1 GiB at the most. */
const maximumEventBytes = 64 * 2 ** 20;

/** `booster hook`. Never throws: whatever goes wrong is the answer that says nothing, and a line on standard error. */
export async function runHook(flags: HookFlags, io: Io): Promise<void> {
  let agent = hookAgents.find((name) => name === flags.agent);
  const complain = (message: string): void => {
    io.stderr.write(`booster hook: ${visibleLine(message)}\n`);
  };
  const limit = new TimeLimit(io.signal);
  let inspected: InspectedEvent | undefined;
  try {
    limit.start(readInteger('--timeout', flags.timeout, 10, 600_000) ?? defaultTimeoutMs);
    const event = await readEventFields(io, limit.signal);
    agent ??= detectAgent(event, io.env);
    if (agent === undefined) complain('the event is of no agent that is known; name it with --agent');
    const reports =
      agent === undefined
        ? []
        : await inspect(agent, event, { flags, io, limit, complain, onBegin: (begun) => (inspected = begun) });
    for (const { fellBack, name } of reports)
      if (fellBack !== undefined) complain(`${name}: worked alone (${fellBack})`);
    io.stdout.write(
      hookAnswer(agent, { text: hookText(reports), isBlocking: flags.strict === true && isWorkLeft(reports) }),
    );
  } catch (error) {
    complain(limit.signal.aborted ? limit.reason : messageOf(error));
    io.stdout.write(hookAnswer(agent, { text: '', isBlocking: false }));
  } finally {
    limit.stop();
  }
  if (inspected !== undefined) await record(inspected, io);
}

/** Not within the time limit: the answer is out. */
async function record({ cwd, resolution, files }: InspectedEvent, io: Io): Promise<void> {
  const { paint } = plainTerminal;
  await recordRun({ command: 'hook', exitCode: exitCodes.done, files, resolution, quiet: false, paint, cwd }, io);
}

/** Ends a call that takes too long, and one that is interrupted. */
class TimeLimit {
  readonly #controller = new AbortController();
  readonly #interruption: AbortSignal;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #timeoutMs = 0;
  readonly #interrupt = (): void => {
    this.#controller.abort();
  };

  constructor(interruption: AbortSignal) {
    this.#interruption = interruption;
    interruption.addEventListener('abort', this.#interrupt, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get reason(): string {
    return this.#interruption.aborted ? 'interrupted' : `not done within ${String(this.#timeoutMs)} ms`;
  }

  readonly remainingMs = (): number => this.#timeoutMs - (performance.now() - this.#started);

  start(timeoutMs: number): void {
    this.#timeoutMs = timeoutMs;
    this.#timer = setTimeout(this.#interrupt, timeoutMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#interruption.removeEventListener('abort', this.#interrupt);
  }
}

async function readEventFields({ stdin }: Io, signal: AbortSignal): Promise<Fields> {
  const bytes = await readStream(stdin, { maximumBytes: maximumEventBytes, signal });
  try {
    return new Fields(JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, '')));
  } catch (error) {
    throw new BoosterError('E_CLI_USAGE', `standard input holds no JSON event: ${messageOf(error)}`, {}, error);
  }
}

interface HookCall {
  readonly flags: HookFlags;
  readonly io: Io;
  readonly limit: TimeLimit;
  readonly complain: (message: string) => void;
  readonly onBegin: (inspected: InspectedEvent) => void;
}

function inspect(
  agent: HookAgent,
  event: Fields,
  { flags, io, limit, complain, onBegin }: HookCall,
): Promise<readonly NamedReport[]> {
  const { cwd, env, platform, userId, processId, build, memoryLeftBytes, nodeVersion, noteWork, leaveBehind } = io;
  const options: InspectEventOptions = {
    recordSettings: recordSettings(flags),
    io: { cwd, env, platform, userId, processId, build, memoryLeftBytes, nodeVersion, noteWork, leaveBehind },
    rules,
    write: flags.write === true,
    isolated: flags.isolated === true,
    resident: flags.resident,
    ...(flags.config === undefined ? {} : { configPath: flags.config }),
    ...(flags.level === undefined ? {} : { level: flags.level }),
    signal: limit.signal,
    remainingMs: limit.remainingMs,
    onFailure: (path, error) => {
      complain(`${path}: ${messageOf(error)}`);
    },
  };
  return inspectEvent(readEvent(agent, event), options, onBegin);
}

/** What only a person can decide, or only a higher level would rewrite, must not stop an agent. */
function isWorkLeft(reports: readonly NamedReport[]): boolean {
  return reports.some(({ introduced, rewritten }) => {
    return introduced.filter(({ status }) => status === 'applied').length > rewritten.length;
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
