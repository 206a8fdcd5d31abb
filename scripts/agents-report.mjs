import { loadavg } from 'node:os';
import { machine } from './optimize-report.mjs';
import { table } from './markdown.mjs';

const head = ['what', 'measured', 'goal', ''];

/** The figures of bench-agents.mjs or bench-hook.mjs as a table with what must be shown and whether it was. */
export function reportText(rows) {
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] + 2))
      .join('')
      .trimEnd(),
  );
  return [...lines, `load ${loadText()}`].join('\n');
}

/** The same as a part of docs/benchmarks.md. */
export function reportSection(rows, { title, command, about }) {
  const date = new Date().toISOString().slice(0, 10);
  const intro = `Measured on ${date} with \`npm run bench -- ${command} --write\` on ${machine()}, load ${loadText()}. ${about}`;
  return `## ${title}\n\n${intro}\n\n${table([head, ...rows.map(cellsOf)])}\n`;
}

/** A row is what, the figure, the goal and whether it was met; the latter two may be missing. */
function cellsOf([what, value, goal = '', isMet]) {
  return [what, value, goal, isMet === undefined ? '' : isMet ? 'met' : 'MISSED'];
}

function loadText() {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

const ms = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;
const MB = (bytes) => `${Math.round(bytes / 1e6)} MB`;
const percent = (share) => `${(share * 100).toFixed(2)} %`;
const latency = ({ p50, p99, maximum }) => `${ms(p50)} (median), ${ms(p99)} (99 %), ${ms(maximum)} (maximum)`;

/** @param report what agents-load.mjs printed, and `start` */
export function agentRows({ start, ...report }) {
  const { tasks, settled, ended, outcomes, poisoned, killed, failures, successRate, availability, elapsedMs } = report;
  const { memory, routing, waitMs, runMs, retried } = report;
  const half = Math.max(...memory.slice(memory.length / 4, memory.length / 2));
  const later = Math.max(...memory.slice(memory.length / 2));
  const ends = `${settled} of ${tasks} in ${(elapsedMs / 1000).toFixed(0)} s: ${outcomes.done} done, ${outcomes.refused} refused as they should be, ${outcomes.failed} failed`;
  const quarantined = failures.E_TASK_QUARANTINED ?? 0;
  return [
    ['tasks that ended once', ends, 'all', settled === tasks && ended === tasks],
    ['instances killed', `${killed}; ${retried} tries on another agent`, '≥ 1 % of the tasks', killed >= tasks / 100],
    ['tasks that kill every instance', `${quarantined} of ${poisoned} refused with E_TASK_QUARANTINED`],
    ['success of the others', percent(successRate), '> 99 %', successRate > 0.99],
    ['availability', percent(availability), '> 99.9 %', availability > 0.999],
    [
      'memory, most of the process',
      `${MB(half)} in the first half, ${MB(later)} in the second`,
      '≤ 1.25 ×',
      later <= half * 1.25,
    ],
    ...routingRows('finding the agent, while they work', routing.busy),
    ...routingRows('finding the agent, nothing else at work', routing.alone),
    ['waiting', latency(waitMs)],
    ['running', latency(runMs)],
    [
      'initialize() of a registry',
      `${ms(start.initializeMs.median)}, at most ${ms(start.initializeMaximumMs)}`,
      '< 50 ms',
      start.initializeMaximumMs < 50,
    ],
    ['createAgent()', ms(start.createAgentMs.median)],
  ];
}

/** The longest ones are mostly those of a thread which shares two processors with ten others, so a second row says where their time went. */
function routingRows(name, { routingMs, long }) {
  const rows = [[name, latency(routingMs), '< 10 ms', routingMs.maximum < 10]];
  if (long.some(({ processorMs }) => processorMs === undefined) || long.length === 0) return rows;
  const [longest] = long;
  const most = Math.max(...long.map(({ processorMs }) => processorMs));
  const parts = `${ms(longest.processorMs)} on a processor, ${ms(longest.waitedMs)} ready without one, ${ms(longest.collectingMs)} collecting garbage`;
  return [...rows, [`${name}: where the time went`, `the longest: ${parts}; at most ${ms(most)} on a processor`]];
}

const mostTimes = 4.5;

/** @param figures of bench-hook.mjs */
export function hookRows({ wall, processor, atOnce }) {
  const { low, high, median } = wall['node -e 0'].ms;
  return [
    ['`node -e 0`', `${ms(median)} (${ms(low)}–${ms(high)})`],
    ...Object.keys(wall)
      .filter((name) => name !== 'node -e 0')
      .map((name) => {
        const { ms: time, ratio } = wall[name];
        const times = `${ratio.median.toFixed(2)} × node -e 0 (${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)})`;
        const value = `${ms(time.median)}, ${times}; processor time ${processor[name].ratio.median.toFixed(2)} ×`;
        return [name, value, `≤ ${mostTimes} ×`, ratio.median <= mostTimes];
      }),
    [`${atOnce.calls} calls at once`, `all answered, in ${(atOnce.totalMs / 1000).toFixed(1)} s`, 'all', true],
  ];
}
