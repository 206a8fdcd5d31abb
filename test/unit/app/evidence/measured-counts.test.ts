import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutsideEvidence } from '../../../../src/app/evidence/file-evidence.ts';
import { MeasuredCounts } from '../../../../src/app/evidence/MeasuredCounts.ts';
import type { OptimizeRequest } from '../../../../src/engine/optimize.ts';
import { optimizeText } from '../../../../src/engine/optimize-text.ts';
import { rules } from '../../../../src/rules/index.ts';
import { parser } from '../../engine/analyse.ts';

let folder: string;

/** A function for each case: the same code, with other numbers of rounds. */
const text = ['many', 'few', 'never', 'nested']
  .map((name) =>
    name === 'nested'
      ? `function nested(rows, blocked) {
  const ids = [...blocked];
  const out = [];
  for (const row of rows) { for (const one of row) { if (!ids.includes(one)) out.push(one); } }
  return out;
}
`
      : `function ${name}(users, blocked) {
  const ids = [...blocked];
  const out = [];
  for (const user of users) if (!ids.includes(user)) out.push(user);
  return out;
}
`,
  )
  .join('').concat(`const big = Array.from({ length: 500 }, (_, index) => index);
many(big, [1]); many(big, [2]);
for (const one of big) few([1, 2, 3], [one]);
nested(big.map((one) => [one, one]), [1]);
`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-counts-'));
  writeFileSync(join(folder, 'a.mjs'), text);
  execFileSync(process.execPath, ['a.mjs'], { cwd: folder, env: { NODE_V8_COVERAGE: join(folder, 'counts') } });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function findings(level: 'safe' | 'balanced', counts = new MeasuredCounts(['counts'], folder)) {
  const plain: OptimizeRequest = { text, language: 'javascript', level, rules: ['includes-set'] };
  const run = (request: OptimizeRequest) => Promise.resolve(optimizeText(request, rules, parser));
  const request = await new OutsideEvidence(undefined, counts).complete(plain, join(folder, 'a.mjs'), run);
  return optimizeText(request, rules, parser).findings.map((finding) => {
    const name = /function (\w+)/g;
    const names = [...text.slice(0, finding.start).matchAll(name)].map(([, found]) => found);
    return [names.at(-1), finding.status, finding.blockedBy ?? finding.evidence.at(-1)];
  });
}

describe('measured counts', () => {
  it('make a rewrite safe where there are many rounds, and keep it away where there are few', async () => {
    expect(await findings('safe')).toEqual([
      ['many', 'applied', 'measured: 500 rounds each time (coverage)'],
      ['few', 'manual', 'measured: 3 rounds each time (coverage), and it pays from 40 on'],
      ['never', 'available', expect.stringContaining('assumed that it and the loop are not small')],
      // two rounds in the inner loop, a thousand in both: what is near says nothing for it, what is far nothing against it
      ['nested', 'available', expect.stringContaining('assumed')],
    ]);
    expect((await findings('balanced')).map(([, status]) => status)).toEqual([
      'applied',
      'manual',
      'applied',
      'applied',
    ]);
  });

  it.each([
    ['some-join-set', 'known.some((one) => one.login === row.login)', 'safe'],
    ['some-join-set', 'known.some((one) => one.rank === row.rank)', 'aggressive'],
    ['find-join-map', 'known.find((one) => one.login === row.login)?.rank', 'balanced'],
    ['find-join-map', 'known.find((one) => one.rank === row.rank)?.login', 'aggressive'],
    ['index-of-set', 'logins.indexOf(row.login) !== -1', 'safe'],
  ])('lower the tier of %s for %s to %s', (rule, condition, tier) => {
    const source = `interface Row { login: string; rank: number }
export function f(rows: Row[], known: Row[], logins: string[]) { return rows.map((row) => ${condition}); }
`;
    const plain: OptimizeRequest = { text: source, language: 'typescript', level: 'aggressive', rules: [rule] };
    const keys = Object.keys(
      optimizeText({ ...plain, findOnly: true, askRounds: true }, rules, parser).askedRounds ?? {},
    );
    const rounds = Object.fromEntries(keys.map((key) => [key, { near: 500, far: 500 }]));
    const [finding] = optimizeText({ ...plain, rounds }, rules, parser).findings;
    expect(finding).toMatchObject({ tier });
    const assumesNumbers = finding?.evidence.some((fact) => fact.includes('is not NaN'));
    expect(assumesNumbers).toBe(tier === 'aggressive');
  });

  it('are left out, and named, when the file was written after the program ran', async () => {
    const later = Date.now() / 1000 + 60;
    utimesSync(join(folder, 'a.mjs'), later, later);
    const counts = new MeasuredCounts(['counts'], folder);
    expect((await findings('safe', counts)).map(([, status]) => status)).toEqual(Array(4).fill('available'));
    expect(counts.stale).toEqual([join(folder, 'a.mjs')]);
  });
});
