import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { errorTable } from '../../src/shared/errors.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(`${root}/${path}`, 'utf8');
const page = read('docs/agent-booster-architecture.md');

/** The diagram that begins with this line. */
function diagram(kind: string): string {
  const [, text = ''] = new RegExp(`\`\`\`mermaid\\n(${kind}[^]*?)\n\`\`\``).exec(page) ?? [];
  expect(text).not.toBe('');
  return text;
}

/** The part of the page below a heading. */
const section = (heading: string): string => page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

it('the life of an instance is drawn as the slot allows it', () => {
  const drawn = [...diagram('stateDiagram-v2').matchAll(/^ +(\w+) --> (\w+)/gm)].map(
    ([, from = '', to = '']) => `${from} ${to}`,
  );
  const [, table = ''] = /const transitions[^=]*= \{([^]*?)\n\};/.exec(read('src/pool/worker-slot.ts')) ?? [];
  const allowed = [...table.matchAll(/(\w+): \[([^\]]*)\]/g)].flatMap(([, from = '', targets = '']) =>
    [...targets.matchAll(/'(\w+)'/g)].map(([, to = '']) => `${from} ${to}`),
  );
  expect(allowed.length).toBeGreaterThan(8);
  expect(sorted(drawn)).toEqual(sorted(allowed));
});

it('the messages between host and worker are those of the protocol', () => {
  const drawn = [...diagram('sequenceDiagram').matchAll(/>>\w: (\w+)/g)].map(([, name = '']) => name);
  const protocol = read('src/pool/protocol.ts');
  const types = /export type HostMessage[^]*?readWorkerMessage/.exec(protocol)?.[0] ?? '';
  expect(sorted(drawn)).toEqual(sorted([...types.matchAll(/type: '(\w+)'/g)].map(([, name = '']) => name)));
  const [, version = ''] = /protocolVersion = (\d+)/.exec(protocol) ?? [];
  expect(page).toContain(`(\`protocol\`, version ${version})`);
});

it('the layers are those that are enforced', () => {
  const told = [...section('Layers').matchAll(/^\| (\d) +\| `(\w+)`/gm)].map(
    ([, rank = '', name = '']) => `${name} ${rank}`,
  );
  const [, ranks = ''] = /const ranks = \{([^]*?)\};/.exec(read('.dependency-cruiser.mjs')) ?? [];
  const enforced = [...ranks.matchAll(/(\w+): (\d)/g)].map(([, name = '', rank = '']) => `${name} ${rank}`);
  expect(sorted(told)).toEqual(sorted(enforced));
});

it('every code of the page is one that there is', () => {
  const codes = sorted([...page.matchAll(/\bE_[A-Z_]+[A-Z]\b/g)].map(([code]) => code));
  expect(codes.filter((code) => !Object.hasOwn(errorTable, code))).toEqual([]);
});

it('every module that the text names is there', () => {
  const known = new Set(
    readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).map((path) =>
      path.replace(/\.ts$/, '').replaceAll('\\', '/'),
    ),
  );
  const headed = [...page.matchAll(/\(`([a-z-]+)`(?:, `([a-z-]+)`)*[,)]/g)].flatMap(([all]) =>
    [...all.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );
  const isThere = (name: string): boolean => known.has(name) || [...known].some((path) => path.endsWith(`/${name}`));
  expect(headed.length).toBeGreaterThan(10);
  expect(headed.filter((name) => !isThere(name))).toEqual([]);
});

it('every link leads somewhere', () => {
  const links = [...page.matchAll(/\]\(([\w.-]+\.md)[)#]/g)].map(([, path = '']) => path);
  expect(links.filter((path) => !existsSync(`${root}/docs/${path}`))).toEqual([]);
});
