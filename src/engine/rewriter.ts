import { type Ast, none } from './ast.ts';
import type { Edit } from './edit.ts';
import type { Scope } from './scope.ts';
import { isLineStart, nextToken, previousToken, startWithComments, usesSemicolons } from './source-style.ts';
import { kindTightness, operatorTightness, strength, type Tightness, tighter } from './tightness.ts';

/** Builds edits: parentheses, indentation, line ends, statement boundaries and fresh names are decided here, not in rules. */
export class Rewriter {
  readonly #ast: Ast;
  readonly #scope: Scope;
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
    return isNumberBeforeDot || isBareNew || strength[this.tightnessOf(node)] < strength[needed]
      ? `(${source})`
      : source;
  }

  /** Source of an expression as one argument, array element or initialiser (no comma at its top level). */
  argument(node: number): string {
    return this.#ast.is(node, 'SpreadElement') ? this.#ast.source(node) : this.operand(node, 'assignment');
  }

  /**
   * Replaces an expression by `text`, which binds as `tightness`, adding parentheses where the place needs them. Gives
   * `undefined` where the new text would start a statement with a character that could join the line before it.
   */
  replace(node: number, text: string, tightness: Tightness): Edit | undefined {
    const needed = this.#neededAt(node);
    const isWrapped = this.isParenthesized(node);
    const inner = !isWrapped && strength[tightness] < strength[needed] ? `(${text})` : text;
    if (!isWrapped && this.#startsStatement(node) && /^[([`/+{-]|^(function|class|let|async)\b/.test(inner)) {
      if (!/^[([`/+-]/.test(this.#ast.source(node)) || /^[{]|^(function|class|let|async)\b/.test(inner))
        return undefined;
    }
    const spaced = this.#needsSpaceBefore(node, inner) ? ` ${inner}` : inner;
    return { start: this.#ast.start(node), end: this.#ast.end(node), text: spaced };
  }

  /** `true` when an expression already stands in parentheses of its own (not those of a call or a test). */
  isParenthesized(node: number): boolean {
    const { text } = this.#ast;
    const before = previousToken(text, this.#ast.start(node));
    const after = nextToken(text, this.#ast.end(node));
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
    const { text } = this.#ast;
    let start = offset;
    while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start -= 1;
    return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
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
    const next = nextToken(this.#ast.text, end);
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

  #neededAt(node: number): Tightness {
    const ast = this.#ast;
    const parent = ast.parent(node);
    const field = ast.field(node);
    switch (ast.kind(parent)) {
      case 'MemberExpression':
        return field === 'object' ? 'call' : 'sequence';
      case 'NewExpression':
        // `new a()()` would call the result instead of constructing it
        return field === 'arguments' ? 'assignment' : 'primary';
      case 'CallExpression':
      case 'TSNonNullExpression':
      case 'TaggedTemplateExpression':
        return field === 'arguments' ? 'assignment' : 'call';
      case 'UnaryExpression':
      case 'AwaitExpression':
      case 'TSTypeAssertion':
        return 'unary';
      case 'UpdateExpression':
        return 'call';
      case 'BinaryExpression':
      case 'LogicalExpression':
        return this.#neededByOperator(parent, field);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
        return 'relational';
      case 'ConditionalExpression':
        return field === 'test' ? 'conditional' : 'assignment';
      case 'ClassDeclaration':
      case 'ClassExpression':
        return 'call';
      case 'ChainExpression':
        return 'call';
      case 'ExpressionStatement':
      case 'ReturnStatement':
      case 'ThrowStatement':
      case 'TemplateLiteral':
      case 'IfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
        return 'sequence';
      default:
        return 'assignment';
    }
  }

  /** The right operand of a left-associative operator binds one step tighter; `??` never mixes with `||` and `&&`. */
  #neededByOperator(parent: number, field: string): Tightness {
    const operator = this.#ast.value(parent);
    const own = operatorTightness[operator] ?? 'primary';
    if (operator === '??' || operator === '||' || operator === '&&')
      return field === 'left' && operator !== '??' ? own : 'bitwiseOr';
    // `-a ** 2` is a syntax error: not even a unary operator may stand on the left
    if (operator === '**') return field === 'left' ? 'postfix' : own;
    return field === 'right' ? tighter(own) : own;
  }

  #startsStatement(node: number): boolean {
    for (let at = node; at >= 0; at = this.#ast.parent(at)) {
      const parent = this.#ast.parent(at);
      if (this.#ast.start(parent) !== this.#ast.start(node)) return false;
      if (
        this.#ast.is(parent, 'ExpressionStatement') ||
        (this.#ast.is(parent, 'ArrowFunctionExpression') && this.#ast.field(at) === 'body')
      )
        return true;
      if (this.#ast.is(parent, 'ExportDefaultDeclaration')) return true;
    }
    return false;
  }

  /** `return(x)` must not become `returnx`. */
  #needsSpaceBefore(node: number, text: string): boolean {
    const before = this.#ast.text[this.#ast.start(node) - 1] ?? '';
    return /[\w$]/.test(before) && /^[\w$]/.test(text);
  }
}
