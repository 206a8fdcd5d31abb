import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyFiles, distinctQuarters } from './distinct-sources.mjs';
import { spread } from './interleave.mjs';

/**
 * How the time of a command grows with the files: for n, 2n and 4n files that all differ, and for one file of one line (what a start costs). The
 * sizes take turns. Each run gives wall and processor time; what the second n and the last 2n files took is the difference of runs of one round.
 */
export function measureDistinctGrowth(args, { folder, env, files, rounds }) {
  const quarters = distinctQuarters(files);
  const sets = { start: [], one: quarters.slice(0, 1), two: quarters.slice(0, 2), four: quarters };
  const cases = Object.entries(sets).map(([name, parts]) => {
    const cwd = join(folder, `distinct-${name}`);
    mkdirSync(cwd);
    for (const part of parts) copyFiles(part, cwd);
    if (parts.length === 0) writeFileSync(join(cwd, 'one.js'), 'export const one = 1;\n');
    const all = parts.flat();
    return {
      name,
      cwd,
      files: all.length,
      bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
      wall: [],
      processor: [],
    };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const { cwd, wall, processor } of cases) {
      const [real, user, system] = timeOf(args, { cwd, env });
      wall.push(real * 1000);
      processor.push((user + system) * 1000);
    }
  }
  const [, one, two, four] = cases;
  const ratios = Object.fromEntries(
    ['wall', 'processor'].map((clock) => [
      clock,
      {
        doubled: spread(two[clock].map((ms, round) => ms / one[clock][round])),
        marginal: spread(
          four[clock].map((ms, round) => (ms - two[clock][round]) / (two[clock][round] - one[clock][round])),
        ),
      },
    ]),
  );
  return {
    sizes: cases.map(({ name, files: count, bytes, wall, processor }) => ({
      name,
      files: count,
      bytes,
      wall: spread(wall),
      processor: spread(processor),
    })),
    ratios,
  };
}

/** Seconds: wall, user, system; by the shell's clock, as Node does not tell what its children used. */
function timeOf(args, { cwd, env }) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" 2>&1 >/dev/null';
  const { status, stderr } = spawnSync('bash', ['-c', script, 'time', process.execPath, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const times = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  // 2: among the files of packages are templates that no parser reads; they are in the report
  if (![0, 2].includes(status) || times === null) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return times.slice(1).map(Number);
}
