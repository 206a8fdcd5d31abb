import { type Ast, none } from '../ast.ts';

/** How servers are handed their handlers: `app.get(path, handler)`, `createServer(handler)`, `router.use(handler)`. */
const routeMethods = new Set(['get', 'post', 'put', 'patch', 'delete', 'all', 'use', 'options', 'head', 'route']);
const serverMethods = new Set(['createServer', 'createSecureServer', 'Server']);
const routers = /^(?:app|router|server|api|routes?|fastify|koa|express|hono)$|(?:App|Router|Server|Routes)$/;

/** Names that parameters of handlers go by. */
const requestNames = new Set(['req', 'request', 'ctx']);
const responseNames = new Set(['res', 'response', 'reply', 'rep']);

/** The function around a node that answers requests, or {@link none}: code in it holds up all other requests. */
export function requestHandler(ast: Ast, node: number): number {
  for (let fn = ast.enclosingFunction(node); fn !== none; fn = ast.enclosingFunction(fn)) {
    if (isRegistered(ast, fn) || takesRequest(ast, fn)) return fn;
  }
  return none;
}

function isRegistered(ast: Ast, fn: number): boolean {
  const call = ast.parent(fn);
  if (!ast.is(call, 'CallExpression', 'NewExpression') || ast.field(fn) !== 'arguments') return false;
  const callee = ast.child(call, 'callee');
  if (ast.is(callee, 'Identifier')) return serverMethods.has(ast.value(callee));
  if (!ast.is(callee, 'MemberExpression')) return false;
  const method = ast.value(ast.child(callee, 'property'));
  if (serverMethods.has(method)) return true;
  const object = ast.child(callee, 'object');
  return routeMethods.has(method) && routers.test(ast.value(object));
}

/** `(req, res) => …`, also with a third parameter. */
function takesRequest(ast: Ast, fn: number): boolean {
  const [first = none, second = none] = ast.list(fn, 'params');
  return requestNames.has(ast.value(first)) && responseNames.has(ast.value(second));
}
