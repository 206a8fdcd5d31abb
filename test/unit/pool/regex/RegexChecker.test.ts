import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isPlainlyLinear } from '../../../../src/pool/regex/is-plainly-linear.ts';
import { RegexChecker } from '../../../../src/pool/regex/RegexChecker.ts';
import { stepGrowth } from '../../../../src/pool/regex/step-growth.ts';

const folder = new URL('../../../../vendor/recheck/', import.meta.url);

it('the vendored checker is the file that its page names', () => {
  const checksum = createHash('sha256')
    .update(readFileSync(new URL('recheck.cjs', folder)))
    .digest('hex');
  expect(readFileSync(new URL('README.md', folder), 'utf8')).toContain(checksum);
});

it.each(['abc', '^a+$', '[*+]', 'a\\+\\*', 'x{1,3}', '^[a-z]*'])('%s needs no checker', (source) => {
  expect(isPlainlyLinear(source, '')).toBe(true);
});

it.each([
  ['a+b', ''],
  ['^a+b*', ''],
  ['^(a+)', ''],
  ['^a+', 'm'],
  ['(a)\\1', ''],
  ['^a+|b', ''],
  ['a{2,}', ''],
])('%s with flags "%s" does', (source, flags) => {
  expect(isPlainlyLinear(source, flags)).toBe(false);
});

it('asks for the checker only when a pattern needs it', () => {
  const checker = new RegexChecker();
  expect(checker.verdict('abc', '')).toEqual({ kind: 'linear' });
  expect(checker.isWanted).toBe(false);
  expect(checker.verdict('^(a+)+$', '')).toBeUndefined();
  expect(checker.isWanted).toBe(true);
});

it('gives the attack and growing steps of an exponential pattern', async () => {
  const checker = new RegexChecker();
  await checker.load();
  const verdict = checker.verdict('^(a+)+$', '');
  expect(verdict).toMatchObject({ kind: 'super-linear', growth: 'exponential', hotspot: { start: 0, end: 7 } });
  if (verdict?.kind !== 'super-linear') return;
  const [short, long] = verdict.counted;
  expect(long!.steps).toBeGreaterThan(2 * short!.steps);
  expect(checker.verdict('^(?:\\d+,)*\\d+$', '')).toEqual({ kind: 'linear' });
});

it('does not believe an attack whose steps grow with its length alone', () => {
  const attack = { pattern: '', base: 8, suffix: '!', pumps: [{ prefix: '', pump: 'a', bias: 0 }] };
  expect(stepGrowth('^a+$', '', attack)).toBeUndefined();
  expect(stepGrowth('(.*?)!\\n', 'sy', attack)).toBeUndefined();
});

it('takes what it cannot read for undecided', async () => {
  const checker = new RegexChecker();
  await checker.load();
  expect(checker.verdict('[a--b]+c', 'v')).toEqual({ kind: 'unknown' });
});

it('says the same however much was decided before, as what is known is charged, too', async () => {
  // neither proven nor attacked, so left to recheck
  const hard = Array.from({ length: 12 }, (_, index) => `\\.(W${String(index)}C+)(?:\\[(.+)\\])?`);
  const checker = new RegexChecker({ patternSteps: 200, fileSteps: 1000 });
  await checker.load();
  const verdicts = (): (string | undefined)[] => hard.map((source) => checker.verdict(source, 'i')?.kind);
  checker.startFile();
  const first = verdicts();
  expect(first).toContain('unknown');
  checker.startFile();
  expect(verdicts()).toEqual(first);
});

it('leaves patterns undecided when a file has used up the steps of its own work', async () => {
  const checker = new RegexChecker({ ownFileSteps: 100 });
  await checker.load();
  checker.startFile();
  expect(checker.verdict('^(a+)+$', '')?.kind).toBe('super-linear');
  expect(checker.verdict('^(b+)+$', '')).toEqual({ kind: 'unknown' });
  checker.startFile();
  expect(checker.verdict('^(b+)+$', '')?.kind).toBe('super-linear');
});

it('attacks a pattern behind a word boundary with what makes one', async () => {
  const checker = new RegexChecker({ patternSteps: 0 });
  await checker.load();
  expect(checker.verdict('(\\bscale\\(.*?\\);?)', '')).toMatchObject({ kind: 'super-linear', growth: 2 });
});
