import type { DefinitionKind } from '../../outline.ts';
import type { SourceLanguage } from '../../source-language.ts';
import type { LinedDefinition } from './snippet-outline.ts';

/** Kinds that stand for each other: a function sent without its class is a method there, a function may become a variable. */
const families: Readonly<Record<DefinitionKind, string>> = {
  function: 'callable',
  method: 'callable',
  signature: 'callable',
  variable: 'callable',
  class: 'container',
  interface: 'container',
  struct: 'container',
  enum: 'container',
  type: 'container',
  impl: 'impl',
  module: 'module',
  macro: 'macro',
};

export type Found =
  | { readonly kind: 'one'; readonly definitions: readonly LinedDefinition[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly definitions: readonly LinedDefinition[] };

/**
 * The definition of the file that one of the edit stands for: of its name, in the container (anywhere when `undefined`, top
 * level first), told apart by its signature where there are several.
 */
export function findDefinition(
  wanted: readonly LinedDefinition[],
  file: readonly LinedDefinition[],
  container: number | undefined,
  language: SourceLanguage,
): Found {
  const main = wanted.at(-1);
  if (main === undefined) return { kind: 'none' };
  let found = file.filter((one) => one.name === main.name && families[one.kind] === families[main.kind]);
  // in Go the signature is the receiver: a method of another type is another method
  if (language === 'go') found = found.filter((one) => one.signature === main.signature);
  if (container !== undefined) found = found.filter((one) => one.container === container);
  else if (found.some((one) => one.container === -1)) found = found.filter((one) => one.container === -1);
  // with overload signatures above it, an implementation alone leaves open whether these stay
  if (isScript(language) && wanted.length === 1 && found.length > 1 && overloadsOf(found) !== undefined)
    return { kind: 'several', definitions: found };
  if (found.length > 1) {
    const run = overloadsOf(found);
    if (wanted.length > 1 && run !== undefined) return { kind: 'one', definitions: run };
    const same = found.filter((one) => one.signature === main.signature && one.kind === main.kind);
    if (same.length === 1) found = same;
  }
  if (found.length === 0) return { kind: 'none' };
  if (found.length > 1) return { kind: 'several', definitions: found };
  const [one] = found;
  // another receiver, `get` for `set`: not the same thing with another text
  if (one !== undefined && one.signature !== main.signature && isAccessor(one.signature) !== isAccessor(main.signature))
    return { kind: 'none' };
  return { kind: 'one', definitions: found };
}

function isScript(language: SourceLanguage): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'jsx' || language === 'javascript';
}

function isAccessor(signature: string): boolean {
  return /^(?:get|set|static)\b/.test(signature);
}

/** Overload signatures with their implementation, when nothing else stands between them. */
function overloadsOf(found: readonly LinedDefinition[]): readonly LinedDefinition[] | undefined {
  const isRun = found.every((one, index) => {
    const next = found[index + 1];
    return next === undefined || (one.kind === 'signature' && next.index === one.index + 1);
  });
  return isRun ? found : undefined;
}
