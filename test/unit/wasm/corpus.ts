import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../../src/engine/language.ts';
import { languageOfPath } from '../../../src/engine/language.ts';

export interface CorpusFile {
  readonly path: string;
  readonly text: string;
  readonly language: Language;
}

/** Source files of an installed package, e.g. `rxjs/src`, without their BOM. */
export function readCorpus(folder: string): CorpusFile[] {
  const root = fileURLToPath(new URL(`../../../node_modules/${folder}/`, import.meta.url));
  return readdirSync(root, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const language = /\.(ts|js|tsx|mjs|cjs)$/.test(path) ? languageOfPath(path) : undefined;
    if (language === undefined) return [];
    return [{ path, language, text: readFileSync(join(root, path), 'utf8').replace(/^\uFEFF/, '') }];
  });
}
