import { stripVTControlCharacters } from 'node:util';

const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Shows control and bidirectional characters as escapes: file names and source code must not steer the terminal. */
export function visibleText(text: string): string {
  return text.replace(controls, (character) => {
    const code = character.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** The same for texts that must stay on one line. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\n').replaceAll('\t', ' ');
}

/** Breaks a line at spaces so that it fits `columns`; continuation lines are indented. Words are never cut, colours take no room. */
export function wrapLine(line: string, columns: number, indent: string): string {
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    const candidate = row === '' ? word : `${row} ${word}`;
    if (row !== '' && stripVTControlCharacters(candidate).length > columns) {
      rows.push(row);
      row = indent + word;
    } else row = candidate;
  }
  rows.push(row);
  return rows.join('\n');
}
