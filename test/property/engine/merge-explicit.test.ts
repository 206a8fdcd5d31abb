import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeExplicit } from '../../../src/engine/merge/explicit/merge-explicit.ts';
import { matchLines } from '../../../src/engine/merge/gate/match-lines.ts';
import { mergeRows } from '../../../src/engine/merge/gate/merged-rows.ts';
import { readMarkerLine } from '../../../src/engine/merge/intake/marker-line.ts';
import { readSnippet } from '../../../src/engine/merge/intake/read-snippet.ts';
import { isRefusal } from '../../../src/engine/merge/refuse.ts';
import { splitLines } from '../../../src/engine/merge/text-lines.ts';

/** Few words, so that lines repeat and places compete. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', '}', '  }', 'call();', '  call();', 'return x;', '\treturn x;') },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }).map((n) => `  step(${String(n)});`) },
  { weight: 1, arbitrary: fc.constantFrom('say("😀 é");', 'tab\tinside;', 'trailing;  ', '# heading', '// note …') },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }).map((text) => `s(${text.replace(/[\r\n]/gu, ' ')})`) },
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');

interface Sample {
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly end: string;
  readonly finalEnd: boolean;
  readonly context: number;
}

const sample: fc.Arbitrary<Sample> = fc
  .record({
    before: fc.array(line, { minLength: 1, maxLength: 40 }),
    cuts: fc.array(
      fc.record({
        at: fc.nat({ max: 40 }),
        drop: fc.nat({ max: 3 }),
        add: fc.array(line, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    end: lineEnd,
    finalEnd: fc.boolean(),
    context: fc.nat({ max: 4 }),
  })
  .map(({ before, cuts, ...rest }) => {
    const after = [...before];
    for (const { at, drop, add } of [...cuts].sort((one, other) => other.at - one.at)) {
      after.splice(Math.min(at, before.length), drop, ...add);
    }
    return { before, after, ...rest };
  });

interface Row {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
  readonly old: number;
}

/** The rows of a diff, and hunks of them with `context` lines around each change. */
function hunksOf({ before, after, context }: Sample): Row[][] {
  const match = matchLines(before, after);
  const rows: Row[] = [];
  let next = 0;
  const dropUntil = (end: number): void => {
    for (; next < end; next += 1) rows.push({ sign: '-', text: before[next] ?? '', old: next });
  };
  after.forEach((text, index) => {
    const origin = match[index] ?? -1;
    if (origin < 0 || before[origin] !== text) {
      rows.push({ sign: '+', text, old: next });
      return;
    }
    dropUntil(origin);
    rows.push({ sign: ' ', text, old: next });
    next = origin + 1;
  });
  dropUntil(before.length);
  const wanted = rows.map((_, at) =>
    rows.slice(Math.max(0, at - context), at + context + 1).some((row) => row.sign !== ' '),
  );
  const hunks: Row[][] = [];
  rows.forEach((row, at) => {
    if (wanted[at] !== true) return;
    if (wanted[at - 1] === true) hunks.at(-1)?.push(row);
    else hunks.push([row]);
  });
  return hunks;
}

const forms: Readonly<Record<string, (hunks: readonly Row[][]) => string>> = {
  'a diff with numbers': (hunks) => {
    let shift = 0;
    const parts = hunks.map((rows) => {
      const [old, fresh] = [
        rows.filter(({ sign }) => sign !== '+').length,
        rows.filter(({ sign }) => sign !== '-').length,
      ];
      const start = (rows[0]?.old ?? 0) + 1;
      const [from, to] = [start - (old === 0 ? 1 : 0), start + shift - (fresh === 0 ? 1 : 0)];
      shift += fresh - old;
      const body = rows.map(({ sign, text }) => `${sign}${text}\n`).join('');
      return `@@ -${String(from)},${String(old)} +${String(to)},${String(fresh)} @@\n${body}`;
    });
    return `--- a/x\n+++ b/x\n${parts.join('')}`;
  },
  'a diff without numbers': (hunks) =>
    `--- a/x\n+++ b/x\n${hunks.map((rows) => `@@ ... @@\n${rows.map(({ sign, text }) => `${sign}${text}\n`).join('')}`).join('')}`,
  'a patch': (hunks) =>
    `*** Begin Patch\n*** Update File: x\n${hunks.map((rows) => `@@\n${rows.map(({ sign, text }) => `${sign}${text}\n`).join('')}`).join('')}*** End Patch\n`,
  'search and replace': (hunks) =>
    hunks
      .map((rows) => {
        const side = (sign: string): string =>
          rows
            .filter((row) => row.sign !== sign)
            .map(({ text }) => `${text}\n`)
            .join('');
        return `<<<<<<< SEARCH\n${side('+')}=======\n${side('-')}>>>>>>> REPLACE\n`;
      })
      .join('\n'),
};

function apply(code: string, edit: string): string | undefined {
  const text = splitLines(code);
  const snippet = readSnippet(edit, text, 'typescript');
  if (isRefusal(snippet) || !['unified-diff', 'patch', 'search-replace'].includes(snippet.form)) return undefined;
  const candidate = mergeExplicit(snippet, text, 'typescript');
  if (isRefusal(candidate)) return undefined;
  const merged = mergeRows(text, code, candidate.changes, candidate.finalLineEnd);
  if (merged === undefined) throw new Error('the candidate is not sound');
  return merged.text;
}

describe.each(Object.keys(forms))('explicit edits as %s', (name) => {
  const write = forms[name] ?? (() => '');

  it('give the target or a refusal, with all line ends', () => {
    fc.assert(
      fc.property(sample, (given) => {
        const { before, after, end, finalEnd } = given;
        const hunks = hunksOf(given);
        fc.pre(hunks.length > 0);
        fc.pre(before.length > 1 || finalEnd); // else there is no line end to go by
        const join = (lines: readonly string[]): string => lines.join(end) + (finalEnd ? end : '');
        const code = join(before);
        fc.pre(splitLines(code).lines.length === before.length && after.length > 0);
        const result = apply(code, write(hunks));
        if (result === undefined) return;
        const lines = (text: string): string[] => splitLines(text).lines.map((one) => one.trimEnd());
        expect(lines(result)).toEqual(lines(join(after)));
        expect(
          splitLines(result)
            .ends.slice(0, -1)
            .every((own) => own === end),
        ).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('never let a marker into the result', () => {
    const marker = fc.constantFrom(
      '// ... existing code ...',
      '  # ... existing code ...',
      '/* ... rest of code ... */',
    );
    fc.assert(
      fc.property(sample, marker, fc.nat({ max: 40 }), (given, text, at) => {
        const after = [...given.after];
        after.splice(Math.min(at, after.length), 0, text);
        const result = apply(`${given.before.join('\n')}\n`, write(hunksOf({ ...given, after })));
        if (result === undefined) return;
        expect(splitLines(result).lines.some((one) => readMarkerLine(one) === 'marker')).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});
