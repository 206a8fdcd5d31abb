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
  const source = readModule(name, request);
  const module = source.replace(/\.ts$/, '.js').replace(/\.mts$/, '.mjs');
  const isSource = isTypeScript(source, request);
  const runsSources = !isSource || !/from\s*['"]\.[^'"\n]*\.js['"]/.test(request.input?.text ?? '');
  const parts: Parts = { name, module, isSource, runsSources, stem: target.stem, threads };
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
      runsSources
        ? 'threads run JavaScript: the test is skipped where Node runs no TypeScript (before 22.18), and runs on what is built'
        : 'threads run JavaScript: the test runs on what is built, as its names stand in the imports of the function',
      'the test takes any numbers: where a large one takes long, narrow them in its `argumentLists`, which later runs keep',
    ],
  });
}

/** Whether the module is built from TypeScript, which then has another extension. */
function isTypeScript(module: string, { input }: GenerateRequest): boolean {
  return /\.ts$/.test(module) || (/^\..*\.js$/.test(module) && /\.tsx?$/.test(input?.name ?? ''));
}

interface Parts {
  readonly name: string;
  /** As it is called once it is built. */
  readonly module: string;
  readonly isSource: boolean;
  /** Whether Node can run the source itself: it takes the names of imports as they stand. */
  readonly runsSources: boolean;
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

function workerText({ name, module, isSource }: Parts): string {
  if (!isSource) {
    return `import { ${name} } from '${module}';

export default function run(args: Parameters<typeof ${name}>): ReturnType<typeof ${name}> {
  return ${name}(...args);
}
`;
  }
  return `import type * as Module from '${module}';

/** Beside the source of this file lies a source, which Node does not find by the name of what is built from it. */
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
let loaded: Promise<typeof Module> | undefined;

/** Loads the function with the first call, so that one that cannot be loaded is an error of the call. */
export default async function run(args: Parameters<typeof Module.${name}>): Promise<Awaited<ReturnType<typeof Module.${name}>>> {
  loaded ??= import(\`${module.replace(/js$/, '')}\${extension}\`) as Promise<typeof Module>;
  const { ${name} } = await loaded;
  return ${name}(...args);
}
`;
}

function testText({ name, module, stem, runsSources }: Parts, argumentLists: string, seed: number): string {
  return `import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { ${name} } from '${module}';
import { ${inPool(name)}, ${inPool(name)}Close } from './${stem}.js';

const argumentLists = ${argumentLists};

${runsSources ? '/** Threads run no TypeScript before Node 22.18. */' : '/** In threads, Node finds only what is built by the names of imports. */'}
const isRunnable = !import.meta.url.endsWith('.ts')${runsSources ? " || 'typescript' in process.features" : ''};

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
