/** What a scan passes over: comments, and literals that end on their line. */
const skipped = /\/\/.*|\/\*[^]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** How many more brackets of each kind (round, square, curly) a text of C or C++ opens than it closes. */
export function bracketBalance(text: string): readonly [number, number, number] {
  const code = text.replace(skipped, ' ');
  const count = (bracket: string): number => code.split(bracket).length - 1;
  return [count('(') - count(')'), count('[') - count(']'), count('{') - count('}')];
}
