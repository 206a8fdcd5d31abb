import type { GeneratorEntry } from '../generators/generator.ts';
import type { Template, TemplateSource } from '../generators/template/template.ts';

/** What reads templates of projects; a part of the same bundle. */
export async function loadTemplateReader(): Promise<(source: TemplateSource) => Template> {
  const { loadTemplates } = await import('../generators/index.ts');
  return (await loadTemplates()).readTemplate;
}

/** Generators and their packages are a bundle of their own (see scripts/build.mjs), so that other commands do not pay for them. */
export async function loadGenerators(): Promise<readonly GeneratorEntry[]> {
  const { generators } = await import('../generators/index.ts');
  return generators;
}
