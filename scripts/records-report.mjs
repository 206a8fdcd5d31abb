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

function row(what, measured, goal = '', ok = undefined) {
  return [what, measured, goal, ok === undefined ? '' : ok ? 'met' : 'MISSED'];
}

function storeRows({ redis, local, crowd }) {
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
  ];
}

/** What a run over many files takes longer when it is recorded. */
function runRows({ files, figures, alone }, flusher) {
  const runMs = figures['not recorded'].endMs.median;
  const share = (ms) => `${((ms / runMs) * 100).toFixed(2)} % of the run`;
  const overhead = (name) => {
    const { processorRatio, wallRatio, addedAfter } = figures[name];
    const what = `a run over ${whole.format(files)} files, ${name}: adds`;
    const after = `${range(addedAfter, ' ms')}, ${share(addedAfter.median)}`;
    return [
      row(`${what} after the last byte of the output`, after, '< 2 %', addedAfter.median < 0.02 * runMs),
      row(`${what} to its processor time`, percent(processorRatio), '< 2 %', processorRatio.median < 1.02),
      row(`${what} to its wall time`, percent(wallRatio), '< 2 %', wallRatio.median < 1.02),
    ];
  };
  return [
    ...overhead('recorded'),
    ...overhead('recorded, with Redis'),
    row(
      `recording ${whole.format(files)} files by itself`,
      `${range(alone, ' ms')}, ${share(alone.median)}`,
      '< 2 %',
      alone.median < 0.02 * runMs,
    ),
    row(
      `bringing ${whole.format(files)} records to Redis, in the background: processor time`,
      `${range(flusher.flusher.ms, ' ms')}; node -e 0 takes ${number.format(flusher['node -e 0'].ms.median)} ms`,
    ),
  ];
}

function rows({ run, flusher, output, status, ...stores }) {
  const statusRatio = status['booster pool status'].ratio;
  const openShare = stores.local.cold.median / status['node -e 0'].ms.median;
  const until = (name) => [
    row(`one file, ${name}: adds until the output is out`, range(output[name].addedOut, ' ms'), 'nothing measurable'),
    row(`one file, ${name}: adds until the process has ended`, range(output[name].addedEnd, ' ms')),
  ];
  return [
    ...storeRows(stores),
    ...runRows(run, flusher),
    ...until('recorded'),
    ...until('recorded, with Redis'),
    row(
      'booster pool status, nothing runs',
      `${range(statusRatio)} × node -e 0`,
      `< 1.5 and the store (${openShare.toFixed(2)})`,
      statusRatio.median < 1.5 + openShare,
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
