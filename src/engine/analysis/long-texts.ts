import { none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

const ofText = ['replace', 'replaceAll', 'match', 'matchAll', 'split', 'search'] as const;
const ofPattern = ['test', 'exec'] as const;

/** What whole documents, lines and requests are called; not names, keys, paths and versions. */
const longNames =
  /^(?:s|str|string|strings?|texts?|html|xml|svg|css|json|code|src|sources?|body|contents?|inputs?|raw|data|datum|markdown|md|messages?|msg|comments?|description|queries|query|cookies?|headers?|urls?|href|documents?|doc|templates?|outputs?|stdout|stderr|lines?|chunks?|buffer|payload|value|val|sql|script|out|res|result|remaining|rest|paragraphs?|content\w*|\w+(?:Text|Html|HTML|Content|Body|Source|Code|String|Str|Input|Output|Data|Url|URL|Lines?))$/;
const requests = /^(?:req|request|ctx|event)$/;

/**
 * Whether something says that a pattern gets to see long texts: it is searched for all over (flag g or m), or one of the texts is called what
 * texts are called, or is part of a request. A guess from names.
 */
export function mayGetLongTexts(tools: Tools, pattern: number, flags: string): boolean {
  if (/[gm]/.test(flags)) return true;
  const { ast, scope } = tools;
  const declarator = ast.parent(pattern);
  const binding = ast.is(declarator, 'VariableDeclarator') ? scope.bindingOf(ast.child(declarator, 'id')) : undefined;
  const uses = binding?.references.filter(({ init }) => !init).map(({ node }) => node) ?? [pattern];
  return uses.some((use) => {
    const text = textOf(tools, use);
    return text !== none && isLong(tools, text);
  });
}

/** What the pattern is matched with there. */
function textOf({ ast }: Tools, use: number): number {
  const asArgument = ast.methodCall(ast.parent(use), ...ofText);
  if (asArgument?.args[0] === use) return asArgument.object;
  const asObject = ast.methodCall(ast.parent(ast.parent(use)), ...ofPattern);
  return asObject?.object === use ? (asObject.args[0] ?? none) : none;
}

function isLong(tools: Tools, text: number): boolean {
  const { ast } = tools;
  const node = ast.withoutTypes(text);
  if (ast.is(node, 'ChainExpression')) return isLong(tools, ast.child(node, 'expression'));
  if (ast.is(node, 'LogicalExpression')) return isLong(tools, ast.child(node, 'left'));
  if (ast.is(node, 'Identifier')) return longNames.test(ast.value(node));
  if (ast.is(node, 'MemberExpression')) {
    const name = ast.value(ast.child(node, 'property'));
    return (!ast.has(node, 'computed') && longNames.test(name)) || isOfRequest(tools, node);
  }
  const call = ast.methodCall(node);
  return call !== undefined && isLong(tools, call.object);
}

function isOfRequest({ ast }: Tools, member: number): boolean {
  let at = member;
  while (ast.is(at, 'MemberExpression')) at = ast.child(at, 'object');
  return requests.test(ast.value(at));
}
