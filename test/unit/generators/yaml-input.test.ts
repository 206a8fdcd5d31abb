import { describe, expect, it } from 'vitest';
import { generateCode } from '../../../src/app/generate-code.ts';

async function types(input: string, inputName = 'user.yaml'): Promise<string> {
  return (await generateCode({ generator: 'types', name: 'User', input, inputName })).files[0]!.contents;
}

describe('an input in YAML', () => {
  it('gives the same bytes as the same value in JSON', async () => {
    const value = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'integer' }, '200': { enum: ['a', 1] } },
    };
    const yaml =
      'type: object\nrequired: [id]\nproperties:\n  id: { type: integer }\n  200:\n    enum:\n      - a\n      - 1\n';
    expect(await types(yaml)).toBe(await types(JSON.stringify(value), 'user.json'));
  });

  it('keeps dates and what only looks like a switch as texts', async () => {
    expect(await types('born: 1815-12-10\nanswer: yes\n')).toContain('born: string;\n  answer: string;');
  });

  it('may have aliases', async () => {
    expect(await types('one: &a { x: 1 }\ntwo: *a\n')).toMatch(/one:[^]*two:/);
  });

  it.each([
    [
      'no YAML',
      'a: [1',
      'user.yaml:1:6: no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['nothing', ' \n', 'user.yaml:1:1: is empty'],
    ['a key twice', 'a: 1\na: 2\n', 'user.yaml:2:1: no YAML: Map keys must be unique'],
    ['two documents', 'a: 1\n---\nb: 1\n', /^user\.yaml:\d:\d: no YAML: Source contains multiple documents/],
    ['an unknown tag', 'a: !!js/function "f"\n', /^user\.yaml:1:4: no YAML: Unresolved tag/],
    ['a value that JSON has not', 'a:\n  - .nan\n', 'user.yaml:2:5: #/a/0: NaN is no value of JSON'],
    ['an alias that is not there', 'a: *b\n', /^user\.yaml:1:\d: .*b/i],
    ['an alias of itself', 'a: &a\n  b: *a\n', /^user\.yaml/],
    [
      'too many aliases',
      `a: &a [1]\n${'bcdefghi'.replaceAll(/./g, (c) => `${c}: &${c} [${`*${String.fromCodePoint(c.codePointAt(0)! - 1)},`.repeat(9)}]\n`)}`,
      /^user\.yaml.*alias/i,
    ],
    ['levels without end', '['.repeat(5000), /^user\.yaml/],
  ])('is refused for %s, with the place', async (_, text, message) => {
    await expect(types(text)).rejects.toMatchObject({
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('is named with line and column by what is wrong in a schema', async () => {
    const input = 'type: object\nproperties:\n  id:\n    tpe: integer\n';
    const run = generateCode({ generator: 'validator', name: 'User', input, inputName: 'user.yaml' });
    await expect(run).rejects.toThrow('user.yaml:4:5: #/properties/id/tpe: unknown keyword "tpe" (did you mean type?)');
  });

  it('is not what TypeScript is: that is refused, with what to do', async () => {
    await expect(types('export interface User { id: number }', 'src/user.ts')).rejects.toThrow(
      'src/user.ts: only validator reads TypeScript; make a JSON Schema of it (npx ts-json-schema-generator --path src/user.ts',
    );
  });
});
