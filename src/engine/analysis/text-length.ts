import { type Ast, none } from '../ast.ts';
import type { RuleTools } from '../find-findings.ts';
import type { Binding } from '../scope/scope.ts';
import { iterationsAround } from './iteration.ts';

type Tools = Pick<RuleTools, 'ast' | 'scope'>;

/**
 * How long a text may get, as far as its name and its origin tell. `long`: whole documents, sources and requests. `short`: names, keys, paths,
 * versions, settings, lines of a stack trace. A guess: for how a finding is weighed, never for a rewrite.
 */
export type TextLength = 'long' | 'short' | 'unknown';

const longNames =
  /^(?:html|xml|svg|css|json|sources?|body|contents?|markdown|md|sql|scripts?|documents?|stdout|stderr|(?:inner|outer)HTML|responseText|sourceText|sourceCode|\w+(?:Html|HTML|Xml|XML|Svg|Css|Contents?|Body|Source|Markdown|Document|Sql|SQL|Script|(?:[Ss]ource|[Ss]hader|vertex|fragment|generated|compiled|transformed|js|ts)Code))$/;
const shortNames =
  /^(?:_?(?:key|id|path|file|dir|ext|env|flag|arg|arn|uuid|ua|char|num|pkg|repo|lang|attr|prop)s?|argv|hash|digest|\w*(?:[nN]ames?|[vV]ersions?|[hH]ost|[dD]omain|[pP]refix|[sS]uffix|[lL]abel|[dD]igits|[nN]umber|[iI]dent(?:ifier)?|[sS]ymbol|[sS]egment|[sS]tack|[pP]ackage|[dD]ependency|[uU]serAgent|[fF]onts?|[lL]ocale|[cC]olou?r|[oO]ption|[pP]aram|[sS]elector|[uU]nit|[mM]odifier|[tT]imezone)|\w+(?:Key|Id|ID|Path|File|Dir|Env|Flag|Arg|Arn|Type|Tag))$/;
const requests = /^(?:req|request)$/;
const ofRequests = /^(?:req|request|headers|cookies|query)$/;

/** What gives a part of a text, or one that is about as long. */
const keepsLength =
  /^(?:replace|replaceAll|slice|substr|substring|trim|trimEnd|trimStart|toLowerCase|toUpperCase|normalize|toString|concat)$/;
const readsAll = /^(?:readFile|readFileSync|text|getText|fetchText)$/;

/** Of the text in an expression. */
export function textLength(tools: Tools, text: number): TextLength {
  return lengthOf(tools, text, new Set());
}

function lengthOf(tools: Tools, text: number, seen: Set<Binding>): TextLength {
  const { ast } = tools;
  const node = ast.withoutTypes(text);
  switch (ast.kind(node)) {
    case 'ChainExpression':
      return lengthOf(tools, ast.child(node, 'expression'), seen);
    case 'AwaitExpression':
      return lengthOf(tools, ast.child(node, 'argument'), seen);
    case 'LogicalExpression':
      return lengthOf(tools, ast.child(node, 'left'), seen);
    case 'Identifier':
      return ofName(ast.value(node)) ?? ofVariable(tools, node, seen);
    case 'MemberExpression':
      return ofMember(tools, node, seen);
    case 'CallExpression':
      return ofCall(tools, node, seen);
    default:
      return 'unknown';
  }
}

function ofName(name: string): TextLength | undefined {
  if (longNames.test(name)) return 'long';
  return shortNames.test(name) ? 'short' : undefined;
}

function ofMember(tools: Tools, member: number, seen: Set<Binding>): TextLength {
  const { ast } = tools;
  const object = ast.child(member, 'object');
  if (/[hH]eaders$/.test(ast.source(object)) && !/cookie/i.test(ast.source(ast.child(member, 'property'))))
    return 'short';
  if (isOfRequest(ast, member)) return 'long';
  if (/^process\.env\b/.test(ast.source(object))) return 'short';
  if (ast.has(member, 'computed')) return ofElement(tools, object, seen);
  const name = ast.value(ast.child(member, 'property'));
  if (name === 'text' && ofName(ast.value(object)) === 'long') return 'long';
  return ofName(name) ?? 'unknown';
}

/** `req.body.text`, `ctx.request.url`, `event.headers.cookie` */
function isOfRequest(ast: Ast, member: number): boolean {
  let at = member;
  for (; ast.is(at, 'MemberExpression'); at = ast.child(at, 'object')) {
    const owner = ast.child(at, 'object');
    if (ast.is(owner, 'MemberExpression') && ofRequests.test(ast.value(ast.child(owner, 'property')))) return true;
  }
  return requests.test(ast.value(at));
}

function ofCall(tools: Tools, call: number, seen: Set<Binding>): TextLength {
  const { ast } = tools;
  const method = ast.methodCall(call);
  const name = method?.name ?? ast.value(ast.child(call, 'callee'));
  if (readsAll.test(name)) return 'long';
  if (/^getResponseHeader$/.test(name) || (name === 'get' && /[hH]eaders$/.test(ast.source(method?.object ?? none))))
    return 'short';
  return method !== undefined && keepsLength.test(name) ? lengthOf(tools, method.object, seen) : 'unknown';
}

/** A part of a short text is short; that of a long one may be anything. */
function ofElement(tools: Tools, list: number, seen: Set<Binding>): TextLength {
  const { ast, scope } = tools;
  const node = ast.withoutTypes(list);
  if (shortNames.test(ast.value(node))) return 'short';
  if (ast.is(node, 'ConditionalExpression')) {
    const parts = ['consequent', 'alternate'].map((field) => ofElement(tools, ast.child(node, field), new Set(seen)));
    return parts.every((part) => part === 'short') ? 'short' : 'unknown';
  }
  const method = ast.methodCall(node);
  if (method !== undefined) {
    const isShort =
      method.name === 'split'
        ? lengthOf(tools, method.object, seen) === 'short'
        : /^(?:slice|filter|reverse)$/.test(method.name) && ofElement(tools, method.object, seen) === 'short';
    return isShort ? 'short' : 'unknown';
  }
  const binding = scope.bindingOf(node);
  if (binding === undefined || seen.has(binding)) return 'unknown';
  seen.add(binding);
  return ofElement(tools, scope.initializer(binding), seen);
}

/** What it was made of; the element of what a loop goes over. */
function ofVariable(tools: Tools, node: number, seen: Set<Binding>): TextLength {
  const { scope } = tools;
  const binding = scope.bindingOf(node);
  if (binding === undefined || seen.has(binding)) return 'unknown';
  seen.add(binding);
  const loop = iterationsAround(tools, node).find(({ items }) => items.includes(binding));
  if (loop !== undefined) return loop.subject === none ? 'unknown' : ofElement(tools, loop.subject, seen);
  const init = scope.initializer(binding);
  return init === none ? 'unknown' : lengthOf(tools, init, seen);
}
