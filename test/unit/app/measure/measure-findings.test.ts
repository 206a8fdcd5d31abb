import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AnalyzedFile, ReportedFinding } from '../../../../src/app/analyzed-file.ts';
import { measureFindings, summarizeMeasurement } from '../../../../src/app/measure/measure-findings.ts';
import type { CallNode, CpuProfile } from '../../../../src/profile/cpu-profile.ts';
import type { CoverageFile } from '../../../../src/profile/coverage.ts';
import { MeasuredCode } from '../../../../src/profile/measured-code.ts';
import { SourceMaps } from '../../../../src/profile/source-maps.ts';

const cwd = '/project';
const url = pathToFileURL('/project/a.js').href;
const ratios = { 'rule-one': [{ name: 'w', n: 10, ratio: 4, node: '20' }] };

function call(name: string, lines: readonly [number, number][], callUrl = url): CallNode {
  const selfMicros = lines.reduce((sum, [, micros]) => sum + micros, 0);
  return { fn: { name, url: callUrl, line: 1, column: 1 }, selfMicros, microsByLine: new Map(lines), children: [] };
}

function profileOf(...children: readonly CallNode[]): CpuProfile {
  const total = children.reduce((sum, { selfMicros }) => sum + selfMicros, 0);
  const root = { ...call('(root)', [], ''), children };
  return { root, durationMicros: total, idleMicros: 0, samples: 1 };
}

function codeOf(profiles: readonly CpuProfile[], coverage: readonly CoverageFile[] = []): MeasuredCode {
  const read = (): undefined => undefined;
  return new MeasuredCode({ profiles, coverage, maps: new SourceMaps(read), read });
}

function fileWith(...findings: readonly (Partial<ReportedFinding> & { line: number })[]): AnalyzedFile {
  const whole = findings.map((one) => ({
    start: one.line,
    end: one.line + 1,
    endLine: one.line,
    column: 1,
    ruleId: 'none',
    ...one,
  }));
  return { path: 'a.js', findings: whole, functions: [] } as unknown as AnalyzedFile;
}

function measuredOf(file: AnalyzedFile, code: MeasuredCode) {
  return measureFindings([file], code, { cwd, ratios })[0]?.findings.map(({ measured }) => measured);
}

describe('measureFindings', () => {
  it('adds the time of all lines of a finding, and says how hot it is', () => {
    const code = codeOf([
      profileOf(
        call('f', [
          [1, 500],
          [2, 490],
          [3, 9],
          [4, 1],
        ]),
      ),
    ]);
    const file = fileWith({ line: 1, endLine: 2 }, { line: 3 }, { line: 4 }, { line: 5 });
    expect(measuredOf(file, code)?.map((one) => [one?.heat, one?.micros])).toEqual([
      ['hot', 990],
      ['warm', 9],
      ['warm', 1],
      ['cold', 0],
    ]);
  });

  it('takes the gain that a rule measured at the counted size', () => {
    const coverage = [
      {
        scripts: [
          {
            url,
            functions: [
              [
                { start: 0, end: 99, count: 2 },
                { start: 1, end: 9, count: 20 },
              ],
            ],
          },
        ],
        sourceMaps: new Map(),
      },
    ];
    const [one, two] =
      measuredOf(
        fileWith({ line: 1, ruleId: 'rule-one' }, { line: 2, start: 50 }),
        codeOf(
          [
            profileOf(
              call('f', [
                [1, 60],
                [2, 40],
              ]),
            ),
          ],
          coverage,
        ),
      ) ?? [];
    expect(one?.saving).toEqual({ share: 0.6 * (1 - 1 / 4), ratio: 4, n: 10 });
    // a rule without figures: all of its time at most
    expect(two?.saving).toEqual({ share: 0.4 });
  });

  it('knows what never ran', () => {
    const coverage = [{ scripts: [{ url, functions: [[{ start: 0, end: 99, count: 0 }]] }], sourceMaps: new Map() }];
    expect(measuredOf(fileWith({ line: 1 }), codeOf([], coverage))).toEqual([
      { heat: 'not executed', runs: { count: 0, calls: 0 } },
    ]);
  });
});

describe('summarizeMeasurement', () => {
  it('bounds the gain by the time of the findings, counting each line once (Amdahl)', () => {
    const code = codeOf([
      profileOf(
        call('f', [
          [1, 50],
          [2, 25],
          [3, 25],
        ]),
      ),
    ]);
    const files = measureFindings([fileWith({ line: 1 }, { line: 1, endLine: 2 })], code, { cwd, ratios });
    expect(summarizeMeasurement(files, code, cwd).bound).toBeCloseTo(4);
  });

  it('says what belongs to no analysed line', () => {
    const code = codeOf([
      profileOf(
        call('f', [[1, 50]]),
        call('(garbage collector)', [[0, 10]], ''),
        call('(program)', [[0, 5]], ''),
        call('readFile', [[7, 5]], 'node:fs'),
        call('other', [[1, 20]], 'file:///elsewhere.js'),
        call('evaluated', [[1, 10]], 'evalmachine.<anonymous>'),
      ),
    ]);
    expect(summarizeMeasurement([fileWith()], code, cwd)).toMatchObject({
      busyMicros: 100,
      unmapped: { garbageCollector: 0.1, program: 0.05, node: 0.05, otherFiles: 0.2, withoutSource: 0.1 },
      bound: 1,
    });
  });

  it('is empty without a profile', () => {
    expect(summarizeMeasurement([fileWith()], codeOf([]), cwd)).toEqual({});
  });
});
