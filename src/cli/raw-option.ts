/**
 * Value of an option straight from the arguments, for printing errors in the form that was asked for when the command
 * line or the configuration could not be understood.
 */
export function rawOption(argv: readonly string[], name: string): string | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    if (word === name) return words[index + 1] ?? '';
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
  }
  return undefined;
}
