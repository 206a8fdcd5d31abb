import type { Ast } from './ast.ts';
import { LineIndex } from './line-index.ts';
import type { Comment } from './syntax-tree.ts';

const mark = 'booster-ignore';

/** Only at the start of a comment: prose that mentions the mark silences nothing. */
const directive = /^(?:\/\/|\/\*)\s*booster-ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(\S[^]*?))?\s*(?:\*\/)?$/;
const fileDirective =
  /^(?:\/\/|\/\*)\s*booster-ignore-file(?:\s+([\w-]+(?:\s*,\s*[\w-]+)*))?\s*(?::\s*(\S[^]*?))?\s*(?:\*\/)?$/;

/** Whether a text may hold comments that silence findings. */
export function mayIgnore(text: string): boolean {
  return text.includes(mark);
}

/** One comment `// booster-ignore <rule>[, <rule>]: <reason>`, or `// booster-ignore-file [<rule>…]: <reason>`. */
export interface SuppressionComment {
  readonly start: number;
  readonly line: number;
  readonly column: number;
  /** Empty for a file in which no rule is to find anything. */
  readonly ruleIds: readonly string[];
  readonly isForFile: boolean;
  /** Without a reason it silences nothing. */
  readonly hasReason: boolean;
  /** Ids that silenced at least one finding. */
  readonly used: ReadonlySet<string>;
}

/**
 * The comments of a file that silence findings. Each speaks for the line it stands on or, on a line of its own, for the next
 * line of code: for all findings that start there, and for those in a statement that starts there and is not a block.
 */
export class Suppressions {
  readonly #ast: Ast;
  readonly #lines: LineIndex | undefined;
  readonly #byLine = new Map<number, (SuppressionComment & { readonly used: Set<string> })[]>();
  readonly #forFile: (SuppressionComment & { readonly used: Set<string> })[] = [];
  readonly #all: SuppressionComment[] = [];
  #silenced = 0;
  readonly #silentNodes = new Set<number>();

  constructor(ast: Ast) {
    this.#ast = ast;
    if (!ast.text.includes(mark)) return;
    this.#lines = new LineIndex(ast.text);
    for (const { start, end } of ast.tree.comments) this.#read(start, end);
  }

  get comments(): readonly SuppressionComment[] {
    return this.#all;
  }

  /** How many findings were silenced so far. */
  get silenced(): number {
    return this.#silenced;
  }

  /** A finding of some rule at the node was silenced: what another says of the same code is, too. */
  hasSilenced(node: number): boolean {
    return this.#silentNodes.has(node);
  }

  /** `true` when a comment silences findings of the rule at the node; the comment then counts as used. */
  silences(ruleId: string, node: number): boolean {
    const lines = this.#lines;
    if (lines === undefined) return false;
    const offsets = [this.#ast.start(node)];
    const statement = this.#ast.statement(node);
    if (statement >= 0 && !this.#holdsStatements(statement)) offsets.push(this.#ast.start(statement));
    let isSilent = this.#isSilentFile(ruleId);
    for (const line of new Set(offsets.map((offset) => lines.place(offset).line))) {
      for (const comment of this.#byLine.get(line) ?? []) {
        if (!comment.hasReason || !comment.ruleIds.includes(ruleId)) continue;
        comment.used.add(ruleId);
        isSilent = true;
      }
    }
    if (isSilent) {
      this.#silenced += 1;
      this.#silentNodes.add(node);
    }
    return isSilent;
  }

  #isSilentFile(ruleId: string): boolean {
    let isSilent = false;
    for (const { hasReason, ruleIds, used } of this.#forFile) {
      if (!hasReason || (ruleIds.length > 0 && !ruleIds.includes(ruleId))) continue;
      used.add(ruleId);
      isSilent = true;
    }
    return isSilent;
  }

  #holdsStatements(statement: number): boolean {
    return (
      this.#ast.isLoop(statement) ||
      this.#ast.is(statement, 'BlockStatement', 'IfStatement', 'TryStatement', 'SwitchStatement', 'WithStatement') ||
      this.#ast.is(statement, 'FunctionDeclaration', 'ClassDeclaration', 'LabeledStatement')
    );
  }

  #read(start: number, end: number): void {
    const lines = this.#lines;
    const text = this.#ast.text.slice(start, end);
    if (lines === undefined || !text.includes(mark)) return;
    const forFile = fileDirective.exec(text);
    const match = forFile ?? directive.exec(text);
    if (match === null) return;
    const ruleIds = match[1] === undefined ? [] : match[1].split(',').map((id) => id.trim());
    const about = { start, ...lines.place(start), ruleIds, isForFile: forFile !== null };
    const comment = { ...about, hasReason: match[2] !== undefined, used: new Set<string>() };
    this.#all.push(comment);
    if (comment.isForFile) {
      this.#forFile.push(comment);
      return;
    }
    const line = this.#targetLine(start, end, lines);
    const known = this.#byLine.get(line);
    if (known === undefined) this.#byLine.set(line, [comment]);
    else known.push(comment);
  }

  /** Of comments that follow each other, all speak for the code behind the last. */
  #targetLine(start: number, end: number, lines: LineIndex): number {
    const { text, tree } = this.#ast;
    const own = lines.place(start).line;
    const lineStart = start - (lines.place(start).column - 1);
    if (text.slice(lineStart, start).trim() !== '') return own;
    let at = end;
    for (;;) {
      at += /^\s*/.exec(text.slice(at, at + 4096))?.[0].length ?? 0;
      const next = commentAt(tree.comments, at);
      if (next === undefined) return lines.place(at).line;
      at = next.end;
    }
  }
}

function commentAt(comments: readonly Comment[], start: number): Comment | undefined {
  let low = 0;
  let high = comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((comments[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return comments[low]?.start === start ? comments[low] : undefined;
}
