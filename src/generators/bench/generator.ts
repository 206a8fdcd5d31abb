import { BoosterError } from '../../shared/errors.ts';
import type { Generated, GenerateRequest } from '../generator.ts';
import { requireIdentifier } from '../identifier.ts';
import { readArguments } from '../signature/read-arguments.ts';
import { readVersions } from '../signature/versions.ts';

/** @throws BoosterError E_GENERATE_* */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { target, options } = request;
  const name = requireIdentifier(request.name, 'the function');
  const inputs = Number(options['inputs']);
  if (!Number.isInteger(inputs) || inputs < 1)
    throw new BoosterError('E_GENERATE_OPTION', 'inputs is no integer above 0');
  const { imports, seed, files } = readVersions(name, request);
  const tool = options['tool'] === 'mitata' ? mitata : vitest;
  const text = `import fc from 'fast-check';
${tool.imports}
${imports}
const argumentLists: readonly (readonly unknown[])[] = fc.sample(${readArguments(name, request)}, { seed: ${String(seed)}, numRuns: ${String(inputs)} });

type Callable = (...args: never[]) => unknown;

/** Each call gets arguments of its own, since it may change them; copying them costs both versions the same. */
async function callAll(call: Callable): Promise<void> {
  for (const args of argumentLists) await call(...(structuredClone(args) as never[]));
}

${tool.group}('${name}, ${String(inputs)} calls', () => {
  bench('as it is', () => callAll(changed));
  bench('the other version', () => callAll(original));
});
${tool.end}`;
  return await Promise.resolve({
    files: [{ name: `${target.stem}.${target.extension}`, text }, ...files],
    evidence: [tool.advice, 'arguments are copied in each round, for both alike'],
  });
}

const vitest = {
  imports: "import { bench, describe } from 'vitest';",
  group: 'describe',
  end: '',
  advice: 'run it with npx vitest bench; it needs vitest and fast-check',
};

const mitata = {
  imports: "import { bench, group, run } from 'mitata';",
  group: 'group',
  end: '\nawait run();\n',
  advice: 'run it with node (22.18 or newer, which reads TypeScript) or npx tsx; it needs mitata and fast-check',
};
