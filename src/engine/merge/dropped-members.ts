import type { Edit } from '../edit.ts';
import { lineOfOffset } from './anchored/definition-rows.ts';
import type { MergeWarning } from './merge.ts';
import { lineStarts, type TextLines } from './text-lines.ts';

/** Of a list in brackets: `{ a, b }`, `(a, b)`, `[a, b]`. */
interface MemberList {
  /** From the beginning of its line to its opening bracket, white space aside: tells which list it is. */
  readonly head: string;
  /** What each member is known by: the name before `:` or `=`, else all of it. */
  readonly members: readonly string[];
  readonly text: string;
  /** Line of its opening bracket, from 0, in the text that was looked at. */
  readonly line: number;
  readonly isOneLine: boolean;
}

/** Longer changes are new code, and nobody looks for members in them. */
const longestChange = 20_000;

/** The file, and a merge of it. */
interface Merge {
  readonly text: TextLines;
  readonly source: string;
  /** Sorted, disjoint, against `source`. */
  readonly edits: readonly Edit[];
}

/**
 * Lists on one line of which members go, although the same list stays and gets fewer new ones: the line of the edit stands for the
 * whole line, but whoever wrote it may have left the rest out.
 */
export function droppedMembers({ text, source, edits }: Merge): MergeWarning[] {
  const starts = lineStarts(text);
  return edits.flatMap((edit) => {
    if (edit.start === edit.end || edit.end - edit.start + edit.text.length > longestChange) return [];
    const first = lineOfOffset(starts, edit.start);
    const from = starts[first] ?? 0;
    const to = starts[lineOfOffset(starts, edit.end - 1) + 1] ?? source.length;
    const fresh = memberLists(source.slice(from, edit.start) + edit.text + source.slice(edit.end, to));
    for (const list of memberLists(source.slice(from, to))) {
      const members = list.isOneLine ? lostMembers(list, fresh) : [];
      if (members.length > 0) return [warning(list, members, first + list.line + 1)];
    }
    return [];
  });
}

function lostMembers({ head, members }: MemberList, fresh: readonly MemberList[]): string[] {
  const others = fresh.filter((other) => other.head === head);
  const [other] = others;
  if (other === undefined || others.length > 1) return [];
  const lost = members.filter((member) => !other.members.includes(member));
  const added = other.members.filter((member) => !members.includes(member));
  return lost.length > added.length && lost.length < members.length ? lost : [];
}

function warning({ text }: MemberList, members: readonly string[], line: number): MergeWarning {
  const names = members.map((member) => `\`${member}\``).join(', ');
  const message = `${names} of \`${text}\` would go: the line of the edit takes the place of the whole line`;
  return { code: 'APPLY_DROPS_MEMBERS', message, line, members };
}

const token = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|[([{,)\]}]|\r\n|[\r\n]/g;
const closes: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Outermost first. */
function memberLists(text: string): MemberList[] {
  const lists: MemberList[] = [];
  const open: { readonly at: number; readonly line: number; readonly head: string; readonly commas: number[] }[] = [];
  let line = 0;
  let lineStart = 0;
  for (const { 0: sign, index } of text.matchAll(token)) {
    if (sign < ' ') {
      line += 1;
      lineStart = index + sign.length;
    } else if (sign === ',') {
      open.at(-1)?.commas.push(index);
    } else if ('([{'.includes(sign)) {
      const head = text.slice(lineStart, index + 1).replace(/\s+/g, '');
      open.push({ at: index, line, head, commas: [] });
    } else if (sign in closes) {
      const last = open.pop();
      if (last === undefined || text.charAt(last.at) !== closes[sign]) return lists;
      lists.push({ ...listOf(text, last, index), isOneLine: last.line === line });
    }
  }
  return lists.sort((one, other) => one.head.length - other.head.length);
}

function listOf(
  text: string,
  {
    at,
    line,
    head,
    commas,
  }: { readonly at: number; readonly line: number; readonly head: string; readonly commas: number[] },
  end: number,
): Omit<MemberList, 'isOneLine'> {
  const bounds = [at, ...commas, end];
  const members = bounds.slice(1).flatMap((bound, index) => {
    const member = text.slice((bounds[index] ?? 0) + 1, bound).trim();
    return member === '' ? [] : [nameOf(member)];
  });
  return { head, line, members, text: text.slice(at, end + 1) };
}

function nameOf(member: string): string {
  const named = /^(["']?)([\w$.-]+)\1\s*(?::(?!:)|=(?![=>]))/.exec(member)?.[2];
  return named ?? member.replace(/\s+/g, ' ');
}
