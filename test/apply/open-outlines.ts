import type { OutlinePort } from '../../src/engine/merge/outline.ts';
import type { SourceLanguage } from '../../src/engine/merge/source-language.ts';
import { OutlineReader } from '../../src/wasm/outline/outline-reader.ts';
import { loadOxc } from '../../src/wasm/oxc-parser.ts';

const megabyte = 2 ** 20;

/** All languages that have a grammar. */
export const parsedLanguages: readonly SourceLanguage[] = [
  'javascript',
  'typescript',
  'tsx',
  'python',
  'go',
  'rust',
  'java',
  'c',
  'cpp',
];

/** The real parsers, with the grammars of these languages loaded. */
export async function openOutlines(...languages: readonly SourceLanguage[]): Promise<OutlinePort> {
  const reader = new OutlineReader({
    scripts: loadOxc({ memoryLimitBytes: 256 * megabyte }),
    memoryLimitBytes: 64 * megabyte,
  });
  // of scripts only what does not parse takes a grammar
  for (const language of languages) reader.outline('(', language);
  await reader.prepare();
  return reader;
}
