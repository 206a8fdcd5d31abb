import { table } from './markdown.mjs';
import { machine } from './optimize-report.mjs';

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en-US');

function range({ median, low, high }, unit = '') {
  return `${number.format(median)}${unit} (${number.format(low)} to ${number.format(high)})`;
}

function percent({ median, low, high }) {
  const share = (ratio) => `${((ratio - 1) * 100).toFixed(1)} %`;
  return `${share(median)} (${share(low)} to ${share(high)})`;
}

function rows({ redis, local, crowd, run, output, status }) {
  const { files, figures, alone } = run;
  const runMs = figures['not recorded'].ms.median;
  const statusRatio = status['booster pool status'].ratio;
  const row = (what, measured, goal = '', ok = undefined) => [
    ...[what, measured, goal],
    ok === undefined ? '' : ok ? 'met' : 'MISSED',
  ];
  const overhead = (name) => {
    const { ratio } = figures[name];
    return row(`a run over ${whole.format(files)} files, ${name}: adds`, percent(ratio), '< 2 %', ratio.median < 1.02);
  };
  const until = (name) => [
    row(`one file, ${name}: adds until the output is out`, range(output[name].addedOut, ' ms'), 'nothing measurable'),
    row(`one file, ${name}: adds until the process has ended`, range(output[name].addedEnd, ' ms')),
  ];
  return [
    row('Redis: connect and first record', range(redis.loaded, ' ms'), '< 30 ms', redis.loaded.median < 30),
    row('Redis: the same in a new process, which loads the client', range(redis.loading, ' ms')),
    row('local store: open, one record, close, warm', range(local.warm, ' ms'), '< 5 ms', local.warm.median < 5),
    row('local store: the same, first time in a process', range(local.cold, ' ms')),
    row(
      `${crowd.processes} processes × ${crowd.each} records: lost, damaged`,
      `${crowd.lost} of ${whole.format(crowd.acknowledged)}, ${crowd.damaged}`,
      '0, 0',
      crowd.lost === 0 && crowd.damaged === 0 && crowd.acknowledged === crowd.processes * crowd.each,
    ),
    overhead('recorded'),
    overhead('recorded, with Redis'),
    row(
      `recording ${whole.format(files)} files by itself`,
      `${range(alone, ' ms')}, ${((alone.median / runMs) * 100).toFixed(2)} % of the run`,
      '< 2 %',
      alone.median < 0.02 * runMs,
    ),
    ...until('recorded'),
    ...until('recorded, with Redis'),
    row(
      'booster pool status, nothing runs',
      `${range(statusRatio)} × node -e 0`,
      '< 1.5 and the store',
      statusRatio.median < 1.5 + local.cold.median / status['node -e 0'].ms.median,
    ),
    row('booster --version, to compare', `${range(status['booster --version'].ratio)} × node -e 0`),
  ];
}

const head = ['what', 'measured', 'goal', ''];

function loadText({ load }) {
  return load.map((value) => value.toFixed(1)).join(' ');
}

/** The figures of bench-records.mjs as a table with what must be shown and whether it was. */
export function recordsText(measured) {
  const cells = [head, ...rows(measured)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] + 2))
      .join('')
      .trimEnd(),
  );
  return [...lines, `load ${loadText(measured)}`].join('\n');
}

/** The same as a part of docs/benchmarks.md. */
export function recordsSection(measured) {
  const date = new Date().toISOString().slice(0, 10);
  const intro =
    `Measured on ${date} with \`npm run bench -- records --write\` on ${machine()}, load ${loadText(measured)}. Medians with ` +
    'quartiles in brackets; what is compared takes turns in one run, and a difference or ratio is taken within a turn. Redis is ' +
    'a server on the loopback interface.';
  return `## Records\n\n${intro}\n\n${table([head, ...rows(measured)])}\n`;
}
