import { type Ast, none } from '../../engine/ast.ts';
import type { DrainedArray } from '../../engine/idioms/drained-array.ts';
import type { Scope } from '../../engine/scope/scope.ts';
import { variableUse } from '../../engine/idioms/variable-uses.ts';
import { testProvesFilled } from './length-edits.ts';

/** A loop's test ended by the undefined that an empty queue gives. */
const endsAtUndefined = new Set(['!== undefined', '!= undefined', '!= null']);

/** Decides where `queue.shift()` certainly finds an element; on an empty queue an index would run past the end. */
export class QueueProof {
  readonly #ast: Ast;
  readonly #scope: Scope;
  readonly #queue: DrainedArray;
  readonly #shifts: readonly number[];

  /** @param shifts the calls of `shift()` in the queue's region */
  constructor(ast: Ast, scope: Scope, queue: DrainedArray, shifts: readonly number[]) {
    this.#ast = ast;
    this.#scope = scope;
    this.#queue = queue;
    this.#shifts = shifts;
  }

  /** Runs at most once for each time that a test found the queue filled, or ends the last use of the queue. */
  isSafe(shift: number): boolean {
    const ast = this.#ast;
    const loop = ast.enclosingLoop(shift);
    // another shift in the same loop could take the element that the test saw
    if (this.#shifts.some((other) => other !== shift && ast.within(other, loop))) return false;
    if (ast.is(loop, 'WhileStatement'))
      return ast.within(shift, ast.child(loop, 'test')) ? this.#isEndingTest(shift, loop) : this.isDrain(loop);
    return ast.is(loop, 'ForStatement') && ast.within(shift, ast.child(loop, 'body')) && this.#isCounted(loop);
  }

  /** `while (queue.length)` */
  isDrain(loop: number): boolean {
    return (
      this.#ast.is(loop, 'WhileStatement') &&
      testProvesFilled(this.#ast, this.#ast.child(loop, 'test'), (node) => this.#isLength(node))
    );
  }

  /** `while ((x = queue.shift()))`: undefined ends the loop, and with it the use of the queue. */
  #isEndingTest(shift: number, loop: number): boolean {
    const ast = this.#ast;
    const test = ast.child(loop, 'test');
    if (loop !== this.#queue.region) return false;
    const isValue = (node: number): boolean =>
      node === shift ||
      (ast.is(node, 'AssignmentExpression') && ast.value(node) === '=' && ast.child(node, 'right') === shift);
    if (isValue(test)) return true;
    const right = ast.child(test, 'right');
    const isUndefined = this.#scope.isGlobal(right, 'undefined') || ast.is(right, 'NullLiteral');
    return (
      ast.is(test, 'BinaryExpression') &&
      isValue(ast.child(test, 'left')) &&
      isUndefined &&
      endsAtUndefined.has(`${ast.value(test)} ${ast.source(right)}`)
    );
  }

  /** `for (let i = 0; i < size; i++)` where size is the length just before, or `for (let i = queue.length; i > 0; i--)`. */
  #isCounted(loop: number): boolean {
    const ast = this.#ast;
    const [declarator] = ast.list(ast.child(loop, 'init'), 'declarations');
    const counter = declarator === undefined ? undefined : this.#scope.bindingOf(ast.child(declarator, 'id'));
    if (counter === undefined || declarator === undefined || counter.kind !== 'let') return false;
    const [test, update, start] = [ast.child(loop, 'test'), ast.child(loop, 'update'), ast.child(declarator, 'init')];
    const isOnlyWrite = counter.references.filter(({ write, init }) => write && !init).length === 1;
    const counts =
      ast.is(update, 'UpdateExpression') && this.#scope.bindingOf(ast.child(update, 'argument')) === counter;
    if (
      !isOnlyWrite ||
      !counts ||
      !ast.is(test, 'BinaryExpression') ||
      this.#scope.bindingOf(ast.child(test, 'left')) !== counter
    )
      return false;
    const direction = `${ast.value(test)} ${ast.value(update)}`;
    if (direction === '< ++') return ast.number(start) === 0 && this.#isLengthBefore(ast.child(test, 'right'), loop);
    return direction === '> --' && ast.number(ast.child(test, 'right')) === 0 && this.#isLength(start);
  }

  /** A constant that got `queue.length` right before the loop: no shift stands between, so as many elements are there. */
  #isLengthBefore(size: number, loop: number): boolean {
    const ast = this.#ast;
    const binding = this.#scope.bindingOf(size);
    const init = binding === undefined ? none : this.#scope.initializer(binding);
    if (!this.#isLength(init)) return false;
    const declaration = ast.parent(ast.parent(init));
    const isNear =
      declaration === ast.child(loop, 'init') || (ast.parent(declaration) === ast.parent(loop) && declaration < loop);
    return isNear && !this.#shifts.some((shift) => shift > declaration && shift < loop);
  }

  #isLength(node: number): boolean {
    const ast = this.#ast;
    const object = ast.memberObject(node, 'length');
    return (
      object !== none &&
      this.#scope.bindingOf(object) === this.#queue.binding &&
      variableUse(ast, object).kind === 'property'
    );
  }
}
