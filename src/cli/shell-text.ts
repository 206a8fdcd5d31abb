/** A command line that can be copied into a POSIX shell. */
export function shellText(program: string, words: readonly string[]): string {
  return [program, ...words.map(shellWord)].join(' ');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
