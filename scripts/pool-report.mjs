import { table } from './markdown.mjs';
import { growthOfSecondHalf } from './trend.mjs';

/** The figures of bench-pool.mjs as a table with what must be shown and whether it was. */
export function poolReport(figures) {
  const cells = poolCells(figures);
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] + 2))
      .join('')
      .trimEnd(),
  );
  return [...lines, '', ...notes(figures)].join('\n');
}

/** The same as a part of docs/benchmarks.md; `place` says when and on what it was measured. */
export function poolSection(figures, place) {
  const intro =
    `Measured on ${place} with \`npm run bench -- pool --write\`. Medians with quartiles in brackets; what is compared ` +
    'takes turns in one run, and a ratio is taken within a turn. Before throughput is measured, each thread has worked on ' +
    'twice as many files as there are; piscina runs the same task.';
  const list = notes(figures).map((note) => `- ${note}\n`);
  return `## The pool\n\n${intro}\n\n${table(poolCells(figures))}\n${list.join('')}`;
}

function poolCells(figures) {
  const rows = [...speedRows(figures), ...enduranceRows(figures)];
  return [['what', 'measured', 'goal', ''], ...rows.map(([what, value, goal, ok]) => [what, value, goal, verdict(ok)])];
}

function verdict(ok) {
  return ok ? 'met' : 'MISSED';
}

function speedRows({ cold, roundTrip, killed, hung, throughput }) {
  const { twoToOne, toPiscina, toBoundedPiscina } = throughput;
  const inProcess = cold['in-process slot'].ratio;
  const worker = cold['one worker'].ratio;
  const timesPiscina = roundTrip.booster.p50 / roundTrip.piscina.p50;
  const trip =
    `${milliseconds(roundTrip.booster.p50)}, ${timesPiscina.toFixed(2)} × piscina; ` +
    `${(roundTrip.booster.p50 / roundTrip.echo.p50).toFixed(2)} × a thread that only sends it back (${milliseconds(roundTrip.echo.p50)})`;
  const isQuick = roundTrip.booster.p50 <= 0.05 && timesPiscina <= 1.5;
  const replacing = ({ p50, p99 }) => `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}`;
  return [
    ['cold, in-process slot (booster optimize)', `${times(inProcess)} node -e 0`, '≤ 4 ×', inProcess.median <= 4],
    ['cold, one worker (library)', `${times(worker)} node -e 0`, '≤ 6 ×', worker.median <= 6],
    ['warm round trip, p50', trip, '≤ 0.05 ms, ≤ 1.5 ×', isQuick],
    ['replace a killed instance', replacing(killed), 'p99 ≤ 100 ms', killed.p99 <= 100],
    ['replace a hung instance', replacing(hung), 'p99 ≤ 100 ms', hung.p99 <= 100],
    ['throughput, 2 instances to 1', times(twoToOne), '≥ 1.7 ×', twoToOne.median >= 1.7],
    ['throughput, 2 instances to piscina', times(toPiscina), '≥ 1 ×', toPiscina.median >= 1],
    ['the same, its heaps as bounded as ours', times(toBoundedPiscina), '≥ 1 ×', toBoundedPiscina.median >= 1],
  ];
}

function enduranceRows({ memory, chaos, memoryLimitBytes }) {
  const { mostInstanceBytes, samples, done } = memory;
  const growth = growthOfSecondHalf(samples.map(({ processBytes }) => processBytes));
  const instanceGrowth = growthOfSecondHalf(samples.map(({ instanceBytes }) => instanceBytes));
  const faults = Object.values(chaos.faults).reduce((sum, count) => sum + count, 0);
  const enoughFaults = Math.ceil(chaos.tasks / 40); // 500 of 20,000
  const isWithin = mostInstanceBytes <= memoryLimitBytes * 1.05;
  // over 20,000 tasks, a leak of 0.6 KB a task would show
  const isFlat = growth < 0.05 && instanceGrowth < 0.01;
  const once = chaos.settled === chaos.tasks && chaos.wrong.length === 0;
  const settled = `${chaos.settled} of ${chaos.tasks} tasks once and right, ${faults} faults`;
  const nothing = chaos.instances === 0 && chaos.left.length === 0;
  const share = `${(Math.floor(chaos.availability * 1e5) / 1e3).toFixed(3)} %`;
  return [
    [
      `most memory of an instance, ${done} tasks`,
      megabytes(mostInstanceBytes),
      `≤ ${megabytes(memoryLimitBytes)} + 5 %`,
      isWithin,
    ],
    [
      `growth over the last ${Math.floor(done / 2)} of them (trend)`,
      `instances ${percent(instanceGrowth)}, process ${percent(growth)}`,
      '< 1 %, < 5 %',
      isFlat,
    ],
    ['chaos', settled, `all, ≥ ${enoughFaults} faults`, once && faults >= enoughFaults],
    ['chaos: availability', share, '≥ 99.9 %', chaos.availability >= 0.999],
    ['chaos: left at the end', nothing ? 'nothing; ended by itself' : chaos.left.join(', '), 'nothing', nothing],
  ];
}

function notes({ throughput, memory }) {
  const { filesPerSecond, cpuMsPerPass, piscinaTwoToOne, oneToPiscina, othersShare } = throughput;
  const rate = ([name, { median }]) =>
    `${name}: ${Math.round(median)} files/s, ${Math.round(cpuMsPerPass[name].median)} ms of processor time a pass`;
  return [
    ...Object.entries(filesPerSecond).map(rate),
    `piscina, 2 threads to 1: ${times(piscinaTwoToOne)}; 1 instance to piscina: ${times(oneToPiscina)}`,
    `memory run: wait p95 ${milliseconds(memory.waitMs.p95)}, run p50 ${milliseconds(memory.runMs.p50)}, p99 ${milliseconds(memory.runMs.p99)}, ${memory.instancesRecycled} recycled`,
    `other processes took ${percent(othersShare.median)} of the processors while throughput was measured` +
      (othersShare.median > 0.05 ? ': the machine was not quiet, measure again' : ''),
  ];
}

/** The median with its quartiles. */
function times({ median, low, high }) {
  return `${median.toFixed(2)} × (${low.toFixed(2)}–${high.toFixed(2)})`;
}

function milliseconds(value) {
  return `${value.toFixed(value < 1 ? 3 : 1)} ms`;
}

function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
