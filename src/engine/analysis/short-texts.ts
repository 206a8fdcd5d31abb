import { none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

const ofText = ['replace', 'replaceAll', 'match', 'matchAll', 'split', 'search'] as const;
const ofPattern = ['test', 'exec'] as const;
/** What gives a part of a text, or one that is about as long. */
const keepsShort = new Set([...ofText, 'substr', 'substring', 'slice', 'trim', 'toLowerCase', 'toUpperCase']);
const numberTexts = new Set(['toFixed', 'toPrecision', 'toExponential']);

/**
 * All texts that a literal pattern is matched with are known, and short by what they are: digits of a number, the name of the browser or of
 * the platform. No attack gets there.
 */
export function seesShortTexts(tools: Tools, pattern: number): boolean {
  const { ast, scope } = tools;
  const declarator = ast.parent(pattern);
  if (!ast.is(declarator, 'VariableDeclarator')) return isMatchedShort(tools, pattern);
  const binding = scope.bindingOf(ast.child(declarator, 'id'));
  const uses = binding?.references.filter(({ init }) => !init) ?? [];
  return binding?.exported === false && uses.length > 0 && uses.every(({ node }) => isMatchedShort(tools, node));
}

function isMatchedShort(tools: Tools, pattern: number): boolean {
  const { ast } = tools;
  const asArgument = ast.methodCall(ast.parent(pattern), ...ofText);
  if (asArgument?.args[0] === pattern) return isShort(tools, asArgument.object, new Set());
  const asObject = ast.methodCall(ast.parent(ast.parent(pattern)), ...ofPattern);
  return asObject?.object === pattern && isShort(tools, asObject.args[0] ?? none, new Set());
}

function isShort(tools: Tools, node: number, seen: Set<object>): boolean {
  const { ast, scope } = tools;
  const text = ast.withoutTypes(node);
  if (ast.is(text, 'MemberExpression'))
    return /\b(?:navigator\.userAgent|process\.(?:version|platform|arch))$/.test(ast.source(text));
  const method = ast.methodCall(text);
  if (method !== undefined)
    return numberTexts.has(method.name) || (keepsShort.has(method.name) && isShort(tools, method.object, seen));
  const binding = ast.isIdentifier(text) ? scope.bindingOf(text) : undefined;
  if (binding === undefined || binding.kind === 'parameter') return false;
  // made of itself: as short as it was
  if (seen.has(binding)) return true;
  seen.add(binding);
  const values = binding.references.filter(({ write }) => write).map(({ node: use }) => valueOf(tools, use));
  return values.length > 0 && values.every((value) => value !== none && isShort(tools, value, seen));
}

/** What is written to a variable; {@link none} when it is not seen. */
function valueOf({ ast }: Tools, target: number): number {
  const parent = ast.parent(target);
  if (ast.is(parent, 'VariableDeclarator') && ast.field(target) === 'id') return ast.child(parent, 'init');
  const isPlain = ast.is(parent, 'AssignmentExpression') && ast.value(parent) === '=' && ast.field(target) === 'left';
  return isPlain ? ast.child(parent, 'right') : none;
}
