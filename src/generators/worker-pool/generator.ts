import { BoosterError } from '../../shared/errors.ts';
import type { Generated, GenerateRequest } from '../generator.ts';
import { requireIdentifier } from '../identifier.ts';
import { readArguments } from '../signature/read-arguments.ts';
import { readModule, readSeed } from '../signature/versions.ts';

/** @throws BoosterError E_GENERATE_* */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { target, options } = request;
  const name = requireIdentifier(request.name, 'the function');
  const threads = options['threads'] ?? '';
  if (threads !== '' && !/^[1-9]\d{0,2}$/.test(threads)) {
    throw new BoosterError('E_GENERATE_OPTION', 'threads is no number from 1 to 999');
  }
  const module = readModule(name, request)
    .replace(/\.ts$/, '.js')
    .replace(/\.mts$/, '.mjs');
  const parts: Parts = { name, module, stem: target.stem, threads };
  const test = testText(parts, readArguments(name, request), readSeed(options));
  return await Promise.resolve({
    files: [
      { name: `${target.stem}.ts`, text: poolText(parts) },
      { name: `${target.stem}.worker.ts`, text: workerText(parts) },
      { name: `${target.stem}.test.ts`, text: test },
    ],
    evidence: [
      `${inPool(name)} does in a thread what ${name} does; it needs piscina, and the test needs vitest and fast-check`,
      'arguments and results are copied between threads: no functions, no classes of your own',
      'threads run JavaScript: the test is skipped where Node runs no TypeScript (before 22.18), and runs on what is built',
    ],
  });
}

interface Parts {
  readonly name: string;
  readonly module: string;
  readonly stem: string;
  readonly threads: string;
}

function inPool(name: string): string {
  return `${name}InThread`;
}

function poolText({ name, module, stem, threads }: Parts): string {
  return `import { Piscina } from 'piscina';
import type { ${name} } from '${module}';

/** Built files start the built worker, sources the source. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';

const pool = new Piscina({
  filename: new URL(\`./${stem}.worker.\${extension}\`, import.meta.url).href,
  minThreads: 0,${threads === '' ? '' : `\n  maxThreads: ${threads},`}
  idleTimeout: 10_000,
});

/** As \`${name}\`, in a thread of its own: what it throws is thrown here, and its arguments are not changed. */
export async function ${inPool(name)}(...args: Parameters<typeof ${name}>): Promise<Awaited<ReturnType<typeof ${name}>>> {
  return (await pool.run(args)) as Awaited<ReturnType<typeof ${name}>>;
}

/** Waits for the calls that run, and ends the threads. */
export async function ${inPool(name)}Close(): Promise<void> {
  await pool.close();
}
`;
}

function workerText({ name, module }: Parts): string {
  return `import { ${name} } from '${module}';

export default function run(args: Parameters<typeof ${name}>): ReturnType<typeof ${name}> {
  return ${name}(...args);
}
`;
}

function testText({ name, module, stem }: Parts, argumentLists: string, seed: number): string {
  return `import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { ${name} } from '${module}';
import { ${inPool(name)}, ${inPool(name)}Close } from './${stem}.js';

const argumentLists = ${argumentLists};

/** Threads run no TypeScript before Node 22.18. */
const isRunnable = !import.meta.url.endsWith('.ts') || 'typescript' in process.features;

type Callable = (...args: never[]) => unknown;

async function observe(call: Callable, given: readonly unknown[]): Promise<unknown> {
  try {
    return { result: await call(...(structuredClone(given) as never[])) };
  } catch (error) {
    return { thrown: error instanceof Error ? [error.name, error.message] : error };
  }
}

afterAll(${inPool(name)}Close);

it.skipIf(!isRunnable)('${name} does in a thread what it does here, on 50 random lists of arguments', async () => {
  const lists = fc.sample(argumentLists, { seed: ${String(seed)}, numRuns: 50 });
  const inThreads = await Promise.all(lists.map(async (args) => observe(${inPool(name)}, args)));
  const here = await Promise.all(lists.map(async (args) => observe(${name}, args)));
  expect(inThreads).toStrictEqual(here);
});
`;
}
