/** A character of the private use area: letters to no pattern of the engine, and never part of a merge. */
export const mask = '\uE000';

/**
 * The engine has "templates": when the file holds one word and the snippet another of these, the whole file is replaced
 * by the snippet. A masked word triggers none.
 */
const triggers = /\b(?:try(?=\s*\{)|throw|typeof|return\s+null|private|public|await)\b/g;

/** Breaks the words of a snippet that trigger templates. {@link unmask} takes it back. */
export function maskTemplates(edit: string): string {
  return edit.replace(triggers, (word) => word.slice(0, -1) + mask + word.slice(-1));
}

export function unmask(text: string): string {
  return text.replaceAll(mask, '');
}
