import type { RuleBench } from '../proof.ts';

export default [
  {
    name: 'texts of which every second is no URL',
    source: `function isUrl(text: string): boolean {
  try {
    new URL(text);
    return true;
  } catch {
    return false;
  }
}

export function run(texts: string[]): number {
  return texts.filter((text) => isUrl(text)).length;
}
`,
    input: (size) =>
      Array.from({ length: size }, (_, index) =>
        index % 2 === 0 ? 'not a url' : `https://example.org/${String(index)}`,
      ),
    sizes: [10, 1_000],
  },
] satisfies readonly RuleBench[];
