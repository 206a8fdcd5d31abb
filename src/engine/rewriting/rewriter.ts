import { type Ast, none } from '../ast.ts';
import type { Edit } from '../edit.ts';
import { LineIndex } from '../line-index.ts';
import { beginningAt, isInForHead, neededAt, wouldJoin } from './place-tightness.ts';
import type { Scope } from '../scope/scope.ts';
import { isLineStart, nextToken, previousToken, startWithComments, usesSemicolons } from './source-style.ts';
import { isLooser, kindTightness, operatorTightness, type Tightness } from './tightness.ts';

/** Builds edits: parentheses, indentation, line ends, statement boundaries and fresh names are decided here, not in rules. */
export class Rewriter {
  readonly #ast: Ast;
  readonly #scope: Scope;
  #lines: LineIndex | undefined;
  /** Line end of the file (the first one found). */
  readonly eol: '\n' | '\r\n' | '\r';
  /** One level of indentation as the file uses it. */
  readonly indentUnit: string;
  /** `;` where the file ends statements with semicolons, else `''`. */
  readonly semicolon: ';' | '';

  constructor(ast: Ast, scope: Scope) {
    this.#ast = ast;
    this.#scope = scope;
    const eol = /\r\n|\n|\r/.exec(ast.text)?.[0];
    this.eol = eol === '\r\n' || eol === '\r' ? eol : '\n';
    this.indentUnit = /^(\t| {2,8})\S/m.exec(ast.text)?.[1] ?? '  ';
    this.semicolon = usesSemicolons(ast) ? ';' : '';
  }

  /** How tightly the expression at `node` binds. */
  tightnessOf(node: number): Tightness {
    const kind = this.#ast.kind(node);
    if (kind === 'BinaryExpression' || kind === 'LogicalExpression')
      return operatorTightness[this.#ast.value(node)] ?? 'assignment';
    return Object.hasOwn(kindTightness, kind) ? (kindTightness[kind] ?? 'primary') : 'primary';
  }

  /** Source of an expression for a place that needs at least `needed`, in parentheses when it binds more loosely. */
  operand(node: number, needed: Tightness): string {
    const source = this.#ast.source(node);
    const isNumberBeforeDot = needed === 'call' && this.#ast.is(node, 'NumericLiteral');
    // `new Map.size` would construct `Map.size`
    const isBareNew =
      needed === 'call' &&
      this.#ast.is(node, 'NewExpression') &&
      this.#ast.child(node, 'arguments') === none &&
      !/\(\s*\)$/.test(source);
    return isNumberBeforeDot || isBareNew || isLooser(this.tightnessOf(node), needed) ? `(${source})` : source;
  }

  /** Source of an expression as one argument, array element or initialiser (no comma at its top level). */
  argument(node: number): string {
    return this.#ast.is(node, 'SpreadElement') ? this.#ast.source(node) : this.operand(node, 'assignment');
  }

  /**
   * Replaces an expression by `text`, which binds as `tightness`, adding parentheses and spaces where the place needs them.
   * Gives `undefined` where the new text would start a statement with a character that could join the line before it, and
   * where no expression can stand.
   */
  replace(node: number, text: string, tightness: Tightness): Edit | undefined {
    const ast = this.#ast;
    const parent = ast.parent(node);
    if (ast.is(parent, 'JSXAttribute')) return undefined;
    const [start, end] = [ast.start(node), ast.end(node)];
    if (ast.is(parent, 'Property') && ast.has(parent, 'shorthand')) {
      const value = isLooser(tightness, 'assignment') ? `(${text})` : text;
      const isLiteral = ast.is(ast.parent(parent), 'ObjectExpression');
      return isLiteral ? { start, end, text: `${ast.source(node)}: ${value}` } : undefined;
    }
    if (this.isParenthesized(node)) return { start, end, text };
    if (opensCast(ast.text, start)) return undefined;
    const inner = this.#needsParentheses(node, text, tightness) ? `(${text})` : text;
    if (!this.#mayBegin(node, inner)) return undefined;
    const before = wouldJoin(ast.text.slice(Math.max(0, start - 3), start), inner) ? ' ' : '';
    const after = wouldJoin(inner, ast.text.slice(end, end + 4)) ? ' ' : '';
    return { start, end, text: `${before}${inner}${after}` };
  }

  #needsParentheses(node: number, text: string, tightness: Tightness): boolean {
    const ast = this.#ast;
    if (isLooser(tightness, neededAt(ast, node))) return true;
    const parent = ast.parent(node);
    if (ast.is(parent, 'Decorator')) return !/^[\w$.]+$/.test(text);
    if (ast.is(parent, 'MemberExpression') && ast.field(node) === 'object' && /^\d[\w.]*$/.test(text)) return true;
    const beginning = beginningAt(ast, node);
    if (beginning === 'arrow body' && text.startsWith('{')) return true;
    if (beginning === 'default export' && /^(function|class|async)\b/.test(text)) return true;
    return /\bin\b/.test(text) && isInForHead(ast, node);
  }

  /** `true` when an expression already stands in parentheses of its own (not those of a call or a test). */
  isParenthesized(node: number): boolean {
    const { text } = this.#ast;
    const before = previousToken(this.#ast, this.#ast.start(node));
    const after = nextToken(this.#ast, this.#ast.end(node));
    if (text[before] !== '(' || text[after] !== ')') return false;
    const parent = this.#ast.parent(node);
    if (before < this.#ast.start(parent)) return false;
    const field = this.#ast.field(node);
    if (field === 'arguments') return false;
    const ownsParentheses =
      ['test', 'discriminant', 'object'].includes(field) &&
      !this.#ast.is(parent, 'ConditionalExpression', 'MemberExpression', 'ForStatement');
    if (ownsParentheses || (field === 'source' && this.#ast.is(parent, 'ImportExpression'))) return false;
    if (this.#ast.isLoop(parent) && field !== 'body') return false;
    return true;
  }

  /** White space at the start of the line that holds an offset. */
  indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.#ast.text.slice(this.lineStart(offset), offset))?.[0] ?? '';
  }

  /** Where the line that holds an offset starts; looked up, as lines may be as long as files. */
  lineStart(offset: number): number {
    this.#lines ??= new LineIndex(this.#ast.text);
    return offset - this.#lines.place(offset).column + 1;
  }

  /** Puts a statement (without its final semicolon) before another one; `undefined` when that one stands in no statement list. */
  insertBefore(statement: number, code: string): Edit | undefined {
    if (!this.#ast.isInStatementList(this.#outermost(statement))) return undefined;
    const own = this.#ast.start(this.#outermost(statement));
    const start = startWithComments(this.#ast, own);
    const indent = this.indentAt(own);
    const isFirstOnLine = isLineStart(this.#ast.text, own);
    const separator = isFirstOnLine ? this.eol + indent : ' ';
    const body = code.split('\n').join(this.eol + indent);
    // without semicolons a line that starts with a bracket would join ours
    const mustEnd = this.semicolon === ';' || !isFirstOnLine || /^[([`/+-]/.test(this.#ast.text.slice(own));
    return { start, end: start, text: `${body}${mustEnd ? ';' : ''}${separator}` };
  }

  /** Puts a statement (without its final semicolon) after another one. */
  insertAfter(statement: number, code: string): Edit | undefined {
    const target = this.#outermost(statement);
    if (!this.#ast.isInStatementList(target)) return undefined;
    const end = this.#ast.end(target);
    const next = nextToken(this.#ast, end);
    const joinsNext =
      this.semicolon === ';' ||
      /[([`/+-]/.test(this.#ast.text[next] ?? '') ||
      !/[\n\r]/.test(this.#ast.text.slice(end, next));
    return {
      start: end,
      end,
      text: `${this.eol}${this.indentAt(this.#ast.start(target))}${code}${joinsNext ? ';' : ''}`,
    };
  }

  /** A name for a new variable declared at `at`: see {@link Scope.freshName}. */
  freshName(wish: string, at?: number): string {
    return this.#scope.freshName(wish, at);
  }

  /** A labelled or exported statement is inserted around as a whole. */
  #outermost(statement: number): number {
    let at = statement;
    while (this.#ast.is(this.#ast.parent(at), 'LabeledStatement', 'ExportNamedDeclaration', 'ExportDefaultDeclaration'))
      at = this.#ast.parent(at);
    return at;
  }

  /** `false` for a text that could join the line before, or mean something else at the start of a statement. */
  #mayBegin(node: number, text: string): boolean {
    const ast = this.#ast;
    if (beginningAt(ast, node) !== 'statement') return true;
    if (/^\{|^(function|class|let|async)\b/.test(text)) return false;
    if (!/^[([`/+-]/.test(text) || /^[([`/+-]/.test(ast.source(node))) return true;
    // behind the head of a loop or an `if`, or behind `else`, nothing is open that could be joined
    if (!ast.isInStatementList(ast.statement(node))) return true;
    return [';', '{', ''].includes(ast.text[previousToken(ast, ast.start(node))] ?? '');
  }
}

/** At the parenthesis of a type cast of JSDoc, `/** @type {string[]} *\/ (xs)`: without it, the comment says nothing. */
function opensCast(text: string, start: number): boolean {
  if (text[start] !== '(') return false;
  let end = start;
  while (/\s/.test(text[end - 1] ?? '')) end -= 1;
  if (!text.startsWith('*/', end - 2)) return false;
  const comment = text.slice(Math.max(0, text.lastIndexOf('/*', end - 3)), end);
  return comment.startsWith('/**') && /@(?:type|satisfies)\b/.test(comment);
}
