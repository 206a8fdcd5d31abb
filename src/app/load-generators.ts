import type { GeneratorEntry } from '../generators/generator.ts';

/** Generators and their packages are a bundle of their own (see scripts/build.mjs), so that other commands do not pay for them. */
export async function loadGenerators(): Promise<readonly GeneratorEntry[]> {
  const { generators } = await import('../generators/index.ts');
  return generators;
}
