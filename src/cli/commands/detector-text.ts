import type { Detector, DetectorMeta } from '../../engine/analysis/detector.ts';
import { tableText } from '../table-text.ts';
import type { Terminal } from '../terminal.ts';
import { wrapLine } from '../visible-text.ts';

const levelMeanings = {
  error: 'error: can stop a service',
  warning: 'warning: grows with the data',
  info: 'info: a constant factor',
} as const;

/** Everything about a detector: what, why, what to do, slow and better code, when nothing is said. */
export function detectorText(meta: DetectorMeta, { paint, isTTY, columns }: Terminal): string {
  const flow = (text: string, indent = ''): string => (isTTY ? wrapLine(text, columns - indent.length, indent) : text);
  const section = (title: string, body: string): string => `${paint.bold(title)}\n${body}\n`;
  return [
    `${paint.bold(meta.id)} (${meta.group}, since ${meta.since}; found by booster analyze)\n${flow(meta.summary)}\n`,
    section('Why', flow(meta.why)),
    section('What to do', flow(meta.remedy)),
    section('Slow', meta.example.slow.trimEnd()),
    section('Better', meta.example.better.trimEnd()),
    section('Cost', `${meta.complexity.before} → ${meta.complexity.after}`),
    section('Level', levelMeanings[meta.level]),
    section('Nothing is said when', meta.quiet.map((line) => `- ${flow(line, '  ')}`).join('\n')),
  ].join('\n');
}

/** The detectors as a table; on a terminal it fits the width. */
export function detectorsText(detectors: readonly Detector[], { paint, isTTY, columns }: Terminal): string {
  const rows = detectors.map(({ meta }) => [meta.id, meta.group, meta.level, meta.summary]);
  const header = ['detector', 'group', 'level', 'what (found by booster analyze, for a person to decide)'];
  return `${tableText([header, ...rows], { paintHeader: paint.bold, ...(isTTY ? { columns } : {}) })}\n`;
}
