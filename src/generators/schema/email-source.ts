/** What a character of an address is: digits and letters, other characters of names, hyphen, dot, at; 0 is none of them. */
function kindOf(character: string): number {
  if (/[0-9A-Za-z]/.test(character)) return 1;
  if ("!#$%&'*+/=?^_`{|}~".includes(character)) return 2;
  const other = '-.@'.indexOf(character);
  return other < 0 ? 0 : other + 3;
}

/**
 * The format `email` of ajv-formats as a table of states, for compiled files. One step a character without a branch: a loop of an
 * expression ends with a branch that V8's code cannot predict, and the parts of addresses have any length.
 *
 * @param typed writes the type of a parameter or a result where types are written
 */
export function emailSource(typed: (type: string) => string): string {
  const sure = typed('') === '' ? '' : '!';
  const kinds = Array.from({ length: 128 }, (_, code) => kindOf(String.fromCharCode(code))).join('');
  return `/** Of each ASCII character: 1 digit or letter, 2 another one of a name, 3 hyphen, 4 dot, 5 at. */
const emailKinds = Uint8Array.from('${kinds}', Number);

/**
 * What comes next, a row for each kind. Columns: 0 no address, 1 before and 2 in a part of the name; 3 before and 4 in the first
 * part of the host, 5 behind a hyphen there; 6 to 8 the same in its later parts.
 */
const emailSteps = Uint8Array.from('000000000' + '022444777' + '022000000' + '022055088' + '001060060' + '003000000', Number);

function isEmail(text${typed('string')})${typed('boolean')} {
  let state = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return false;
    state = emailSteps[emailKinds[code]${sure} * 9 + state]${sure};
  }
  return state === 7;
}
`;
}
