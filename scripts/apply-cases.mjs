import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { diffArrays } from 'diff';
import { isBrokenTarget } from './target-faults.mjs';

/** Version pairs of packages that come with their sources: [older, newer, folder of the sources]. */
const pairs = [
  ['semver-7.5.4', 'semver-7.7.2', '.'],
  ['commander-12.0.0', 'commander-13.1.0', 'lib'],
  ['preact-10.19.0', 'preact-10.26.0', '.'],
  ['immer-10.0.3', 'immer-10.1.1', 'src'],
  ['zod-4.0.17', 'zod', 'src'],
  ['table-core-8.17.3', '@tanstack/table-core', 'src'],
];

const languages = { '.js': 'javascript', '.mjs': 'javascript', '.ts': 'typescript' };
const contextLines = 3;

const hunksPerCase = 3;

/**
 * Edits as an agent would send them, made from the differences between two versions: each case is the older file, up to three
 * neighbouring hunks of the difference, and the file with these hunks alone. Left out is what nobody sends, because it breaks
 * the file without the other hunks. Variants: `lazy` (three lines of context, markers elsewhere), `function` (whole functions between markers), `bare` (one whole function, no marker), `dedent`
 * (as lazy, indentation lost).
 */
export function applyCases(modules) {
  return pairs.flatMap(([older, newer, sources]) => {
    const folder = join(modules, older, sources);
    return sourceFiles(folder).flatMap((path) => {
      const name = relative(folder, path);
      const after = join(modules, newer, sources, name);
      if (!existsSync(after)) return [];
      return casesOfPair(name, readFileSync(path, 'utf8'), readFileSync(after, 'utf8')).map((one) => ({
        ...one,
        path: name,
        language: languages[extname(name)],
        id: `${older} ${name} ${one.id}`,
      }));
    });
  });
}

function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extname(entry.name) in languages && !/\.(?:d\.ts|min\.js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/(?:^|\/)(?:node_modules|dist|compat\/dist|locales)\//.test(relative(folder, path)))
    .sort();
}

function casesOfPair(path, before, after) {
  const lines = before.split('\n');
  if (before === after || lines.length < 25 || lines.length > 2500 || lines.some((line) => line.length > 400))
    return [];
  const hunks = hunksOf(lines, after.split('\n'));
  const cases = [];
  for (let first = 0; first < hunks.length; first += hunksPerCase) {
    const group = hunks.slice(first, first + hunksPerCase).flat();
    const size = group.reduce((sum, { end, start, lines: fresh }) => sum + (end - start) + fresh.length, 0);
    if (size > 60) continue;
    const variants = variantsOf(lines, group);
    if (hunks.length > hunksPerCase && isBrokenTarget(path, before, variants[0].expected)) continue;
    cases.push(...variants.map((one) => ({ ...one, id: `${first}#${one.variant}` })));
  }
  return cases;
}

/** Changes (lines `[start, end)` of the older file give way to `lines`), in groups that share their context. */
function hunksOf(before, after) {
  const hunks = [];
  let at = 0;
  for (const { value, added, removed } of diffArrays(before, after)) {
    if (!added && !removed) {
      at += value.length;
      continue;
    }
    const last = hunks.at(-1)?.at(-1);
    const change = { start: at, end: removed ? at + value.length : at, lines: added ? value : [] };
    at = change.end;
    if (last?.end === change.start) Object.assign(last, { end: change.end, lines: [...last.lines, ...change.lines] });
    else if (last !== undefined && change.start - last.end <= 2 * contextLines) hunks.at(-1).push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function variantsOf(lines, changes) {
  const result = [];
  let at = 0;
  const ranges = [];
  for (const { start, end, lines: fresh } of changes) {
    result.push(...lines.slice(at, start));
    ranges.push({ from: result.length, to: result.length + fresh.length });
    result.push(...fresh);
    at = end;
  }
  result.push(...lines.slice(at));
  const total = result.at(-1) === '' ? result.length - 1 : result.length;
  const near = joined(ranges.map(({ from, to }) => widened(from - contextLines, to + contextLines, total)));
  const whole = joined([...near, ...ranges.map(({ from, to }) => wholeFunction(result, from, to, total))]);
  const base = { code: lines.join('\n'), expected: result.join('\n') };
  const cases = [
    { ...base, variant: 'lazy', edit: snippet(result, near, total) },
    { ...base, variant: 'dedent', edit: snippet(result, near, total, true) },
  ];
  if (whole.every(({ from, to }) => to - from < 400))
    cases.push({ ...base, variant: 'function', edit: snippet(result, whole, total) });
  const [only] = whole;
  if (whole.length === 1 && only.to - only.from < Math.min(200, 0.6 * total))
    cases.push({ ...base, variant: 'bare', edit: `${result.slice(only.from, only.to).join('\n')}\n` });
  return cases;
}

function widened(from, to, total) {
  return { from: Math.max(0, from), to: Math.min(total, to) };
}

/** From the nearest line before on that begins at the left margin with a word, to the end of the block that it opens. */
function wholeFunction(lines, from, to, total) {
  let first = Math.min(from, total - 1);
  while (first > 0 && !/^[A-Za-z]/.test(lines[first])) first -= 1;
  while (first > 0 && /^(?:@|\/\/|\/\*| \*)/.test(lines[first - 1])) first -= 1;
  let last = Math.max(to, first + 1);
  while (last < total && !/^[}\])]/.test(lines[last - 1])) last += 1;
  return widened(first, last, total);
}

function joined(ranges) {
  const all = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else all.push({ ...range });
  }
  return all;
}

function snippet(lines, ranges, total, dedented = false) {
  const marker = '// ... existing code ...';
  const out = [];
  ranges.forEach(({ from, to }, index) => {
    const part = lines.slice(from, to);
    if (index > 0 || from > 0) out.push((dedented ? '' : indentOf(part.find(isSolid))) + marker);
    out.push(...(dedented ? dedent(part) : part));
    if (index === ranges.length - 1 && to < total)
      out.push((dedented ? '' : indentOf(part.findLast(isSolid))) + marker);
  });
  return `${out.join('\n')}\n`;
}

function isSolid(line) {
  return line.trim() !== '';
}

function indentOf(line = '') {
  return /^[ \t]*/.exec(line)[0];
}

function dedent(lines) {
  const least = Math.min(...lines.filter(isSolid).map((line) => indentOf(line).length));
  return lines.map((line) => (isSolid(line) ? line.slice(least) : line));
}
