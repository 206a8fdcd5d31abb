import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../src/detectors/index.ts';
import type { AnalyzeResult } from '../../src/engine/analysis/analysis.ts';
import { analyzeText } from '../../src/engine/analysis/analyze-text.ts';
import type { Detector } from '../../src/engine/analysis/detector.ts';
import type { Language } from '../../src/engine/language.ts';
import { languageOfPath } from '../../src/engine/language.ts';
import { parser } from './harness/parser.ts';
import { regexes } from './harness/regexes.ts';

const root = fileURLToPath(new URL('../../src/detectors/', import.meta.url));

function run(detector: Detector, text: string, language: Language = 'typescript'): AnalyzeResult {
  const request = { text, language, rules: [detector.meta.id] };
  // shared with other test files, which would use up its time
  regexes.startFile();
  return analyzeText(request, { rules: [], detectors: [detector], parser, regexes });
}

/** Lines that a fixture marks with `// found`. */
function markedLines(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (/\/\/ found$/.test(line) ? [index + 1] : []));
}

function foundLines({ findings }: AnalyzeResult): number[] {
  return [...new Set(findings.map(({ line }) => line))];
}

function fixturesOf(id: string, kind: 'found' | 'keep'): string[] {
  const folder = join(root, id, 'fixtures', kind);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** The same code as other editors would save it: what is found, and where, must not depend on it. */
const variants: Readonly<Record<string, (text: string) => string>> = {
  'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
  'an emoji in the first line': (text) => `/* 🐢 */ ${text}`,
  'no final newline': (text) => text.trimEnd(),
};

describe.each(detectors.map((detector) => [detector.meta.id, detector] as const))('detector %s', (id, detector) => {
  const { meta } = detector;
  const found = fixturesOf(id, 'found');
  const keep = fixturesOf(id, 'keep');

  it('stands in the folder of its name and says all about itself in single lines', () => {
    expect(existsSync(join(root, id, 'detector.ts'))).toBe(true);
    for (const text of [meta.summary, meta.remedy, ...meta.quiet]) expect(text).toMatch(/^\S[^\n]*\S$/);
    expect(meta.quiet.length).toBeGreaterThan(0);
    expect(found.length).toBeGreaterThan(0);
    expect(keep.length).toBeGreaterThan(0);
  });

  it('finds its slow example and nothing in its better one', () => {
    expect(run(detector, meta.example.slow).findings.map(({ ruleId }) => ruleId)).toContain(id);
    expect(run(detector, meta.example.better).findings).toEqual([]);
  });

  it.each(found)('finds exactly the marked lines of %s', (path) => {
    const text = readFileSync(path, 'utf8');
    const result = run(detector, text, languageOfPath(path));
    expect(result.failedRules).toEqual([]);
    expect(foundLines(result)).toEqual(markedLines(text));
    expect(markedLines(text).length).toBeGreaterThan(0);
  });

  it.each(keep)('finds nothing in %s', (path) => {
    const result = run(detector, readFileSync(path, 'utf8'), languageOfPath(path));
    expect(result.status).toBe('analyzed');
    expect(result.findings).toEqual([]);
  });

  it.each(Object.entries(variants))('finds the same with %s', (_, variant) => {
    for (const path of found) {
      const text = readFileSync(path, 'utf8');
      const language = languageOfPath(path);
      const [plain, other] = [run(detector, text, language), run(detector, variant(text), language)];
      expect(foundLines(other)).toEqual(foundLines(plain));
      expect(other.findings.map(({ fingerprint }) => fingerprint)).toEqual(
        plain.findings.map(({ fingerprint }) => fingerprint),
      );
    }
  });

  it('is silenced by a comment with a reason on the line before', () => {
    const [path = ''] = found;
    const text = readFileSync(path, 'utf8');
    const silenced = text.replace(/^(.*\/\/ found)$/gm, `// booster-ignore ${id}: known\n$1`);
    const result = run(detector, silenced, languageOfPath(path));
    expect(result.findings).toEqual([]);
    expect(result.suppressed).toBeGreaterThan(0);
    expect(result.suppressionProblems).toEqual([]);
  });
});
