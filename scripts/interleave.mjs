import { spawnSync } from 'node:child_process';

/** Median and quartiles of figures; of a few figures the quartiles are rather the wider ones. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const median = (sorted[Math.floor(last / 2)] + sorted[Math.ceil(last / 2)]) / 2;
  return { median, low: sorted[Math.floor(last / 4)], high: sorted[Math.ceil((last * 3) / 4)], runs: sorted.length };
}

/**
 * Runs this Node with each list of arguments in turn, `rounds` times, so that whatever else the machine does hits all
 * alike. Gives the wall time of each process in milliseconds by name, and ratios against `base` within a round.
 * A command is `{ args, cwd, env, exitCodes, input, read }`; `read` is given what it printed each time; `env` may be a function, called before each run; `input` is standard
 * input (default: none). With `budgetMs`, no round after the second starts later than that. With `clock: 'processor'` it is processor time instead, of the process and its children.
 * @throws Error when a command ends with another exit code than it may (default 0)
 */
export function interleave(commands, { rounds, base, warmUp = 0, clock = 'wall', budgetMs = Infinity }) {
  const names = Object.keys(commands);
  const started = performance.now();
  const times = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    if (round >= 2 && performance.now() - started > budgetMs) break;
    for (const name of names) {
      const ms = clock === 'wall' ? timeProcess(name, commands[name]) : processorTime(name, commands[name]);
      if (round >= 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(
    names.map((name) => {
      const ratios = times[name].map((ms, round) => ms / times[base][round]);
      return [name, { ms: spread(times[name]), ratio: spread(ratios) }];
    }),
  );
}

function timeProcess(name, { args, cwd, env, exitCodes = [0], input, read }) {
  const given = typeof env === 'function' ? env() : env;
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: given,
    ...(input === undefined ? {} : { input }),
    stdio: [input === undefined ? 'ignore' : 'pipe', read === undefined ? 'ignore' : 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  const ms = performance.now() - started;
  if (!exitCodes.includes(status)) throw new Error(`${name} ended with ${status}: ${stderr}`);
  read?.(stdout.toString());
  return ms;
}

/** By the shell's own clock, as Node does not tell what its children used. */
function processorTime(name, { args, cwd, env, exitCodes = [0], input }) {
  const given = typeof env === 'function' ? env() : env;
  const script = 'TIMEFORMAT="%U %S"; time "$@" 2>/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'time', process.execPath, ...args], {
    cwd,
    env: given,
    input: input ?? '',
    stdio: ['pipe', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(stderr) ?? [];
  if (!exitCodes.includes(status) || user === undefined) throw new Error(`${name} ended with ${status}: ${stderr}`);
  return (Number(user) + Number(system)) * 1000;
}
