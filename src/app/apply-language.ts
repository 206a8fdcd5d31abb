import { sourceLanguageOfName } from '../engine/merge/source-language.ts';
import type { SourceLanguage } from '../engine/merge/source-language.ts';
import { suggest } from '../config/suggest.ts';
import { BoosterError } from '../shared/errors.ts';

/** Names to suggest; many more are understood. */
const names = ['javascript', 'jsx', 'typescript', 'tsx', 'python', 'go', 'rust', 'java', 'c', 'cpp', 'text'];

/** @throws BoosterError E_APPLY_LANGUAGE, naming the nearest languages */
export function languageNamed(name: string): SourceLanguage {
  const language = sourceLanguageOfName(name);
  if (language !== undefined) return language;
  const near = suggest(name, names);
  const hint = near.length === 0 ? '' : ` (did you mean ${near.join(' or ')}?)`;
  throw new BoosterError('E_APPLY_LANGUAGE', `unknown language ${JSON.stringify(name.slice(0, 60))}${hint}`, { near });
}
