import { settleRuns, type HunkLine } from './hunk.ts';

const kinds: Readonly<Record<string, HunkLine['kind']>> = { ' ': 'keep', '+': 'add', '-': 'drop' };

/**
 * The ways to read lines that begin with a space, `+` or `-`. Models forget the space before context, on all lines or on
 * none; a blank line has none anyhow.
 */
export function readMarkedLines(body: readonly string[]): HunkLine[][] {
  const prefixed = body.every((line) => line.trim() === '' || /^[-+ ]/u.test(line));
  const bare = read(body, (line) => line);
  if (!prefixed) return [bare];
  const standard = read(body, (line) => line.slice(1));
  return body.some((line) => line.startsWith(' ')) ? [standard, bare] : [standard];
}

/**
 * The same where context lines are bare by nature and a space before them is the exception. A sign may have taken the place
 * of a space of indentation; only lines that go can tell.
 */
export function readSignedSnippet(body: readonly string[]): HunkLine[][] {
  const bare = read(body, (line) => line);
  const overlaid = settleRuns(
    body.map((line) => (/^[-+]/u.test(line) ? signed(line, ` ${line.slice(1)}`) : { kind: 'keep', text: line })),
  );
  const context = body.filter((line) => line.trim() !== '' && !/^[-+]/u.test(line));
  const prefixed = context.every((line) => line.startsWith(' '));
  const readings = prefixed ? [bare, read(body, (line) => line.slice(1))] : [bare];
  return body.some((line) => line.startsWith('-')) ? [...readings, overlaid] : readings;
}

function read(body: readonly string[], context: (line: string) => string): HunkLine[] {
  return settleRuns(
    body.map((line) => (/^[-+]/u.test(line) ? signed(line, line.slice(1)) : { kind: 'keep', text: context(line) })),
  );
}

function signed(line: string, text: string): HunkLine {
  return { kind: kinds[line[0] ?? ' '] ?? 'keep', text };
}
