import { describe, expect, it } from 'vitest';
import { explainRule } from '../../../src/app/explain-rule.ts';
import { selectRules } from '../../../src/app/select-rules.ts';
import type { RuleSelection } from '../../../src/app/select-rules.ts';
import { slowRule } from './fake-pool.ts';

const rules = ['filter-first', 'map-flat', 'sort-first'].map((id) => ({ ...slowRule, meta: { ...slowRule.meta, id } }));
const idsOf = (selection: RuleSelection): string[] => selectRules(rules, selection).rules.map((rule) => rule.meta.id);
const configured = { switches: { 'map-flat': false }, origin: 'file .boosterrc' };

describe('selectRules', () => {
  it('takes all rules when nothing is said', () => {
    expect(idsOf({ only: [], without: [] })).toEqual(['filter-first', 'map-flat', 'sort-first']);
  });

  it('leaves out what the configuration switches off', () => {
    expect(idsOf({ only: [], without: [], configured })).toEqual(['filter-first', 'sort-first']);
  });

  it('lets the rules that are named win over the configuration, in the order of the rules', () => {
    expect(idsOf({ only: ['sort-first', 'map-flat'], without: [], configured })).toEqual(['map-flat', 'sort-first']);
  });

  it('lets a rule that is left out win over one that is named', () => {
    expect(idsOf({ only: ['sort-first', 'map-flat'], without: ['map-flat'] })).toEqual(['sort-first']);
  });

  it('names the nearest ids for an unknown one', () => {
    expect(() => idsOf({ only: ['map-flatt'], without: [] })).toThrow(
      "unknown rule 'map-flatt' (did you mean map-flat?)",
    );
    expect(() => idsOf({ only: [], without: ['xyz'] })).toThrow(/^unknown rule 'xyz'$/);
  });

  it('says where the configuration names an unknown rule, and takes no name of Object for one', () => {
    const wrong = { switches: { constructor: true }, origin: 'file .boosterrc' };
    expect(() => idsOf({ only: [], without: [], configured: wrong })).toThrow(
      "file .boosterrc: unknown rule 'constructor'",
    );
  });
});

describe('selectRules for a Node version', () => {
  const meta = (id: string, nodeMajors?: { from?: number; below?: number }) => ({
    ...slowRule,
    meta: { ...slowRule.meta, id, ...(nodeMajors === undefined ? {} : { nodeMajors }) },
  });
  const versioned = [
    meta('always'),
    meta('old', { below: 24 }),
    meta('recent', { from: 22 }),
    meta('between', { from: 22, below: 24 }),
  ];
  const select = (selection: Partial<RuleSelection>) => selectRules(versioned, { only: [], without: [], ...selection });
  const runsOn = (nodeMajor: number): string[] => select({ nodeMajor }).rules.map((rule) => rule.meta.id);

  it('runs a rule only where it wins, the first major included and the last excluded', () => {
    expect(runsOn(20)).toEqual(['always', 'old']);
    expect(runsOn(22)).toEqual(['always', 'old', 'recent', 'between']);
    expect(runsOn(24)).toEqual(['always', 'recent']);
  });

  it('says what was left out and why, and whether it was named', () => {
    expect(select({ nodeMajor: 24, only: ['old'] })).toEqual({
      rules: [],
      leftOut: [{ id: 'old', reason: 'wins on Node before 24 only, and the code runs on Node 24', named: true }],
    });
    const { leftOut } = select({ nodeMajor: 20, configured: { switches: { old: false }, origin: 'file .boosterrc' } });
    expect(leftOut).toEqual([
      { id: 'old', reason: 'switched off (file .boosterrc)', named: false },
      expect.objectContaining({ id: 'recent', named: false }),
      expect.objectContaining({ id: 'between', reason: expect.stringContaining('Node 22 to 23 only') }),
    ]);
  });

  it('says nothing of rules that --rule or --no-rule leaves out', () => {
    expect(select({ nodeMajor: 20, only: ['always'], without: ['old'] }).leftOut).toEqual([]);
  });

  it('runs such rules only when they are named while the version is not known', () => {
    expect(select({}).rules.map((rule) => rule.meta.id)).toEqual(['always']);
    expect(select({ only: ['old'] }).rules.map((rule) => rule.meta.id)).toEqual(['old']);
  });
});

describe('explainRule', () => {
  it('gives the sentences of the assumptions and the measurements by size', () => {
    const measured = {
      'map-flat': [
        { name: 'x', n: 100, ratio: 5, node: '20' },
        { name: 'x', n: 10, ratio: 2, node: '20' },
      ],
    };
    const explanation = explainRule('map-flat', rules, measured);
    expect(explanation.assumes).toEqual([
      { id: 'A2', sentence: expect.stringContaining('unpatched') },
      { id: 'A8', sentence: expect.stringContaining('annotations') },
    ]);
    expect(explanation.measured.map(({ n }) => n)).toEqual([10, 100]);
  });

  it('gives no measurements where nothing was measured', () => {
    expect(explainRule('map-flat', rules, {}).measured).toEqual([]);
  });

  it('refuses an unknown id', () => {
    expect(() => explainRule('toString', rules, {})).toThrow(expect.objectContaining({ code: 'E_RULE_UNKNOWN' }));
  });
});
