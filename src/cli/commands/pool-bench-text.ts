import type { BenchRow } from '../../app/bench-pool-figures.ts';
import type { BenchWorkload } from '../../app/bench-pool-workload.ts';
import type { PoolBench } from '../../app/bench-pool.ts';
import { groupDigits } from '../../shared/group-digits.ts';
import { bytesText, durationText } from '../measure-text.ts';
import { tableText } from '../table-text.ts';
import type { Paint } from '../terminal.ts';

/** What `booster pool bench` prints. */
export function poolBenchText(workload: BenchWorkload, bench: PoolBench, paint: Paint): string {
  const { rows, rounds, filesPerPass, bytesPerPass, passesThroughWorkload: repeats, warmUpFiles, cores } = bench;
  const header = ['instances', 'files/s', 'lowest–highest', 'MB/s', 'against one', 'p50', 'p95', 'p99'];
  const each = repeats === 1 ? '' : `, each ${String(repeats)} times`;
  const lines = [
    `${groupDigits(filesPerPass)} files a pass, ${bytesText(bytesPerPass)}${each}; ${groupDigits(workload.parsed)} of ` +
      `${groupDigits(workload.tasks.length)} need the parser${leftOutText(workload)}`,
    `medians of ${String(rounds)} rounds in which the sizes take turns, on ${String(cores)} cores; before, each instance ` +
      `had worked on ${groupDigits(warmUpFiles)} files to warm up`,
    '',
    tableText([header, ...rows.map(benchCells)], { paintHeader: paint.bold }),
    '',
    memoryText(bench),
    ...failureLines(bench),
    ...bench.doubts.map((doubt) => paint.yellow(doubt)),
  ];
  return `${lines.join('\n')}\n`;
}

function benchCells({ instances, filesPerSecond, megabytesPerSecond, speedUp, latencyMs }: BenchRow): string[] {
  const { median, lowest, highest } = filesPerSecond;
  return [
    instances === 0 ? 'main thread' : String(instances),
    rateText(median),
    `${rateText(lowest)}–${rateText(highest)}`,
    megabytesPerSecond.toFixed(2),
    `${speedUp.median.toFixed(2)} ×`,
    durationText(latencyMs.p50),
    durationText(latencyMs.p95),
    durationText(latencyMs.p99),
  ];
}

function rateText(perSecond: number): string {
  return groupDigits(Math.round(perSecond));
}

function leftOutText({ leftOut, unreadable }: BenchWorkload): string {
  const more = leftOut === 0 ? '' : `; ${groupDigits(leftOut)} more left out (--files)`;
  return unreadable === 0 ? more : `${more}; ${groupDigits(unreadable)} cannot be read or are too large`;
}

function memoryText({ workerMemoryBytes, memoryLimitBytes, wanted, rows }: PoolBench): string {
  const used = workerMemoryBytes.map(bytesText).join(', ');
  const workers = rows.length - 1;
  const fewer = workers < wanted ? `; memory allows ${String(workers)} of ${String(wanted)} instances` : '';
  return `memory of each worker: ${used === '' ? 'none used' : used} of ${bytesText(memoryLimitBytes)}${fewer}`;
}

function failureLines({ failuresByCode }: PoolBench): string[] {
  const codes = Object.entries(failuresByCode).map(([code, count]) => `${String(count)} × ${code}`);
  return codes.length === 0 ? [] : [`failed: ${codes.join(', ')}; their times count`];
}
