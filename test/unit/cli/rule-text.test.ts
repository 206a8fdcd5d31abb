import { describe, expect, it } from 'vitest';
import { explainRule } from '../../../src/app/explain-rule.ts';
import { ruleText } from '../../../src/cli/commands/rule.ts';
import { tableText } from '../../../src/cli/table-text.ts';
import { slowRule } from '../app/fake-pool.ts';
import { capture } from './file-results.ts';

const pipe = capture().context.stdout;

describe('ruleText', () => {
  it('says what, why, before and after, tier, assumptions, exceptions and measurements', () => {
    const measured = { 'slow-rule': [{ name: 'a list', n: 10_000, ratio: 602.7, node: '20.20.2' }] };
    const text = ruleText(explainRule('slow-rule', [slowRule], measured), pipe);
    expect(text).toContain('slow-rule (builtin, since 0.1.0)\n`slow` → `fast`\n');
    expect(text).toContain('Why\nIt is slow.\n');
    expect(text).toContain('Example\n-slow\n+fast\n');
    expect(text).toContain('Cost\nO(n²) → O(n)\n');
    expect(text).toContain('Tier\nsafe: ');
    expect(text).toMatch(/Assumes\n- A2: Built-ins are unpatched/);
    expect(text).toContain('stays as it is when\n- It is fast already.\n');
    expect(text).toContain('Measured\na list, n = 10,000: 603× on Node 20\n');
  });

  it('says on which Node versions the rule wins, when not on all', () => {
    const meta = { ...slowRule.meta, nodeMajors: { from: 22 } };
    const text = ruleText(explainRule('slow-rule', [{ ...slowRule, meta }], {}), pipe);
    expect(text).toContain('Node\nwins on Node 22 and later; elsewhere it is left out');
    expect(ruleText(explainRule('slow-rule', [slowRule], {}), pipe)).not.toContain('\nNode\n');
  });

  it('says nothing of measurements where there are none', () => {
    expect(ruleText(explainRule('slow-rule', [slowRule], {}), pipe)).not.toContain('Measured');
  });

  it('fits the width of a terminal', () => {
    const meta = { ...slowRule.meta, why: 'This is a long explanation. '.repeat(10), stays: ['word '.repeat(30)] };
    const terminal = { ...pipe, isTTY: true, columns: 40 };
    const text = ruleText(explainRule('slow-rule', [{ ...slowRule, meta }], {}), terminal);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });
});

describe('tableText', () => {
  const rows = [
    ['id', 'what'],
    ['a-rule', 'a b c d e f g h i j k l m n o p'],
  ];
  const paintHeader = (text: string): string => text.toUpperCase();

  it('aligns columns and leaves rows whole when no width is given', () => {
    expect(tableText(rows, { paintHeader })).toBe('ID      WHAT\na-rule  a b c d e f g h i j k l m n o p');
  });

  it('wraps the last column, or puts it under its row when there is no room', () => {
    expect(tableText(rows, { paintHeader, columns: 34 })).toBe(
      'ID      WHAT\na-rule  a b c d e f g h i j k l m\n        n o p',
    );
    expect(tableText(rows, { paintHeader, columns: 20 })).toBe(
      'ID\n    WHAT\na-rule\n    a b c d e f g h\n    i j k l m n o p',
    );
  });
});
