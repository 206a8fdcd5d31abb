import type { FrameworkTexts } from './frameworks.ts';
import type { RouteNames } from './names.ts';

export interface TestParts {
  readonly names: RouteNames;
  readonly framework: FrameworkTexts;
  /** Of the endpoint, without extension. */
  readonly stem: string;
  /** A valid value. */
  readonly sample: unknown;
  /** A value that is not valid; absent when all are. */
  readonly invalid?: { readonly value: unknown };
}

/** A vitest test of the endpoint in a real application. */
export function testText(parts: TestParts): string {
  const { names, framework, stem, sample } = parts;
  const { add, type, sourceType } = names;
  return `${framework.testImport}import { describe, expect, it } from 'vitest';
import { ${add} } from './${stem}.js';
import type { ${sourceType}, ${type} } from './${stem}.js';

const value = JSON.parse(${literal(JSON.stringify(sample))}) as ${type};

async function respond(source: ${sourceType}, path: string, init: RequestInit = {}): Promise<Response> {
${framework.respond(names)}
}

describe('${names.action === 'create' ? 'POST' : 'GET'} ${names.path}', () => {
${testsOf(parts)}});
`;
}

function testsOf(parts: TestParts): string {
  const { action } = parts.names;
  return action === 'list' ? listTests(parts.names) : action === 'get' ? getTests(parts.names) : createTests(parts);
}

function getTests(names: RouteNames): string {
  const path = names.path.replace('/:id', '');
  return `  it('gives the value with the id', async () => {
    const response = await respond((id) => (id === '7' ? value : undefined), '${path}/7');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect([response.status, await response.json()]).toEqual([200, value]);
  });

  it('says when there is none', async () => {
    const response = await respond(() => undefined, '${path}/8');
    expect([response.status, await response.json()]).toMatchObject([404, { error: 'not found' }]);
  });
`;
}

function createTests({ names: { path }, invalid }: TestParts): string {
  const refusal =
    invalid === undefined
      ? ''
      : `
  it('refuses a value that is not valid', async () => {
    const init = { ...post, body: ${literal(JSON.stringify(invalid.value))} };
    const response = await respond(() => Promise.reject(new Error('called')), '${path}', init);
    expect(response.status).toBe(400);
  });
`;
  return `  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };

  it('hands on a valid value, and answers with what was kept', async () => {
    const response = await respond((given) => given, '${path}', { ...post, body: JSON.stringify(value) });
    expect([response.status, await response.json()]).toEqual([201, value]);
  });
${refusal}
  it('refuses a body that is no JSON', async () => {
    const response = await respond(() => Promise.reject(new Error('called')), '${path}', { ...post, body: '{' });
    expect(response.status).toBe(400);
  });
`;
}

function listTests({ path, sourceType }: RouteNames): string {
  return `  it('gives the values of its source', async () => {
    const response = await respond(() => [value, value], '${path}');
    expect(response.headers.get('content-type')).toContain('application/json');
    expect([response.status, await response.json()]).toEqual([200, [value, value]]);
  });

  it('asks for as many as wanted', async () => {
    const asked: unknown[] = [];
    const source: ${sourceType} = (query) => {
      asked.push(query);
      return [];
    };
    const response = await respond(source, '${path}?limit=2&offset=4');
    expect([await response.json(), asked]).toEqual([[], [{ limit: 2, offset: 4 }]]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'offset=-1'])('refuses %s', async (query) => {
    const response = await respond(() => Promise.reject(new Error('called')), \`${path}?\${query}\`);
    expect(response.status).toBe(400);
  });
`;
}

/** With single quotes, line ends escaped. */
function literal(text: string): string {
  const json = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
