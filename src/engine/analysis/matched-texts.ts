import { none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';

const ofText = ['replace', 'replaceAll', 'match', 'matchAll', 'split', 'search'] as const;
const ofPattern = ['test', 'exec'] as const;

/**
 * The texts that a pattern is matched with, directly or by the variable that holds it: `text` of `text.replace(use, …)` and `use.test(text)`.
 * {@link none} for a use of another kind.
 */
export function matchedTexts({ ast, scope }: Pick<RuleTools, 'ast' | 'scope'>, pattern: number): readonly number[] {
  const declarator = ast.parent(pattern);
  const binding = ast.is(declarator, 'VariableDeclarator') ? scope.bindingOf(ast.child(declarator, 'id')) : undefined;
  const uses = binding?.references.filter(({ init }) => !init).map(({ node }) => node) ?? [pattern];
  return uses.map((use) => {
    const asArgument = ast.methodCall(ast.parent(use), ...ofText);
    if (asArgument?.args[0] === use) return asArgument.object;
    const asObject = ast.methodCall(ast.parent(ast.parent(use)), ...ofPattern);
    return asObject?.object === use ? (asObject.args[0] ?? none) : none;
  });
}
