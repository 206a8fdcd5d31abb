import { type Ast, none } from '../../engine/ast.ts';
import type { Edit } from '../../engine/edit.ts';
import type { Rewriter } from '../../engine/rewriting/rewriter.ts';

/** The same question seen from the other side: `0 < n` is `n > 0`. */
const mirrored: Readonly<Record<string, string>> = {
  '<': '>',
  '>': '<',
  '<=': '>=',
  '>=': '<=',
  '===': '===',
  '!==': '!==',
  '==': '==',
  '!=': '!=',
};
const asksFilled = new Set(['> 0', '!== 0', '!= 0', '>= 1']);
const asksEmpty = new Set(['=== 0', '== 0', '< 1', '<= 0']);

/** How a read of `queue.length` asks whether something is left: the node to replace and the answer it wants. */
function lengthQuestion(ast: Ast, member: number): { readonly node: number; readonly filled: boolean } | undefined {
  const parent = ast.parent(member);
  if (ast.is(parent, 'BinaryExpression')) {
    const isLeft = ast.field(member) === 'left';
    const operator = isLeft ? ast.value(parent) : mirrored[ast.value(parent)];
    const other = ast.number(ast.child(parent, isLeft ? 'right' : 'left'));
    const question = `${operator ?? ''} ${String(other)}`;
    return asksFilled.has(question)
      ? { node: parent, filled: true }
      : asksEmpty.has(question)
        ? { node: parent, filled: false }
        : undefined;
  }
  if (ast.is(parent, 'UnaryExpression') && ast.value(parent) === '!') return { node: parent, filled: false };
  return ast.isInBooleanContext(member) ? { node: member, filled: true } : undefined;
}

/** A read of `queue.length` in terms of the head index: what is left, or whether something is. */
export function lengthEdit(ast: Ast, rewrite: Rewriter, member: number, queue: string, head: string): Edit | undefined {
  const question = lengthQuestion(ast, member);
  if (question === undefined) return rewrite.replace(member, `${queue}.length - ${head}`, 'additive');
  return rewrite.replace(question.node, `${head} ${question.filled ? '<' : '>='} ${queue}.length`, 'relational');
}

/** `true` when a loop's test can only hold while something is left in the array. */
export function testProvesFilled(ast: Ast, test: number, isLength: (node: number) => boolean): boolean {
  if (ast.is(test, 'LogicalExpression') && ast.value(test) === '&&') {
    return (
      testProvesFilled(ast, ast.child(test, 'left'), isLength) ||
      testProvesFilled(ast, ast.child(test, 'right'), isLength)
    );
  }
  const member = isLength(test) ? test : ast.is(test, 'BinaryExpression') ? ast.children(test).find(isLength) : none;
  const question = member === undefined || member === none ? undefined : lengthQuestion(ast, member);
  return question?.filled === true && question.node === test;
}
