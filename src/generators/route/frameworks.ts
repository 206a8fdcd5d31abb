import type { RouteNames } from './names.ts';

export type Framework = 'fastify' | 'express' | 'hono';

/** How an endpoint is added to an application of one framework, and called in a test. */
export interface FrameworkTexts {
  /** Import statements of the endpoint. */
  readonly imports: (names: RouteNames) => string;
  /** Type of the application. */
  readonly application: string;
  /** The body of the function that adds the endpoint. */
  readonly register: (names: RouteNames) => string;
  /** Import statement of the test. */
  readonly testImport: string;
  /** Body of the function `request(source, path, init)` of the test, up to the response. */
  readonly respond: (names: RouteNames) => string;
}

/** What `answer` of the endpoint is called with. */
const given: Readonly<Record<Framework, Readonly<Record<RouteNames['action'], string>>>> = {
  fastify: {
    list: 'request.query',
    get: '(request.params as Readonly<Record<string, unknown>>)["id"]',
    create: 'request.body',
  },
  express: { list: 'request.query', get: "request.params['id']", create: 'request.body' },
  hono: { list: 'context.req.query()', get: "context.req.param('id')", create: 'value' },
};

const honoBody = `    let value: unknown;
    try {
      value = await context.req.json();
    } catch {
      return context.body(problem('the body is no JSON'), 400, { 'content-type': mediaType });
    }
`;

function method({ action }: RouteNames): 'get' | 'post' {
  return action === 'create' ? 'post' : 'get';
}

/** A server on a free port for one request. */
const overHttp = (listen: string, close: string): string => `${listen}
  try {
    const { port } = server.address() as AddressInfo;
    return await fetch(\`http://127.0.0.1:\${String(port)}\${path}\`, init);
  } finally {
    ${close}
  }`;

export const frameworks: Readonly<Record<Framework, FrameworkTexts>> = {
  fastify: {
    imports: () => "import type { FastifyInstance } from 'fastify';\n",
    application: 'FastifyInstance',
    register: (names) => `  app.${method(names)}('${names.path}', async (request, reply) => {
    const { status, body } = await answer(${given.fastify[names.action].replaceAll('"', "'")}, ${names.source});
    return reply.code(status).type(mediaType).send(body);
  });`,
    testImport: "import type { AddressInfo } from 'node:net';\nimport { fastify } from 'fastify';\n",
    respond: (names) =>
      overHttp(
        `  const app = fastify();
  ${names.add}(app, source);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { server } = app;`,
        'await app.close();',
      ),
  },
  express: {
    imports: ({ action }) =>
      `${action === 'create' ? "import { json } from 'express';\n" : ''}import type { IRouter } from 'express';\n`,
    application: 'IRouter',
    register: (
      names,
    ) => `  app.${method(names)}('${names.path}', ${names.action === 'create' ? 'json({ strict: false }), ' : ''}async (request, response) => {
    const { status, body } = await answer(${given.express[names.action]}, ${names.source});
    response.status(status).type(mediaType).send(body);
  });`,
    testImport: "import type { AddressInfo } from 'node:net';\nimport express from 'express';\n",
    respond: (names) =>
      overHttp(
        `  const app = express();
  ${names.add}(app, source);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));`,
        'server.close();',
      ),
  },
  hono: {
    imports: () => "import type { Hono } from 'hono';\n",
    application: 'Hono',
    register: (names) => `  app.${method(names)}('${names.path}', async (context) => {
${names.action === 'create' ? honoBody : ''}    const { status, body } = await answer(${given.hono[names.action]}, ${names.source});
    return context.body(body, status, { 'content-type': mediaType });
  });`,
    testImport: "import { Hono } from 'hono';\n",
    respond: (names) => `  const app = new Hono();
  ${names.add}(app, source);
  return app.request(path, init);`,
  },
};
