import { BoosterError } from '../../shared/errors.ts';
import type { Generated, GenerateRequest } from '../generator.ts';
import { requireIdentifier } from '../identifier.ts';
import { readArguments } from '../signature/read-arguments.ts';
import { readVersions } from '../signature/versions.ts';

/** @throws BoosterError E_GENERATE_* */
export async function generate(request: GenerateRequest): Promise<Generated> {
  const { target, options } = request;
  const name = requireIdentifier(request.name, 'the function');
  const runs = Number(options['runs']);
  if (!Number.isInteger(runs) || runs < 1) throw new BoosterError('E_GENERATE_OPTION', 'runs is no integer above 0');
  const { imports, seed, files } = readVersions(name, request);
  const text = `import fc from 'fast-check';
import { expect, it } from 'vitest';
${imports}
/** The same arguments in each run: a failure is found again. */
const seed = ${String(seed)};
const argumentLists = ${readArguments(name, request)};

type Callable = (...args: never[]) => unknown;

/** All that can be seen of a call: its result or what it throws, and what it does to its arguments. */
async function observe(call: Callable, given: readonly unknown[]): Promise<unknown> {
  const args = structuredClone(given);
  try {
    return { result: await call(...(args as never[])), args };
  } catch (error) {
    return { thrown: error instanceof Error ? [error.name, error.message] : error, args };
  }
}

it('${name} does what its other version does, on ${String(runs)} random lists of arguments', async () => {
  await fc.assert(
    fc.asyncProperty(argumentLists, async (args) => {
      expect(await observe(changed, args)).toStrictEqual(await observe(original, args));
    }),
    { seed, numRuns: ${String(runs)} },
  );
});
`;
  return await Promise.resolve({
    files: [{ name: `${target.stem}.${target.extension}`, text }, ...files],
    evidence: [
      'results, errors (name and message) and changes to arguments are compared; it needs vitest and fast-check',
      `the seed is ${String(seed)}: each run tries the same arguments`,
    ],
  });
}
