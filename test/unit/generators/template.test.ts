import { describe, expect, it } from 'vitest';
import { readTemplate } from '../../../src/generators/template/read-template.ts';
import type { TemplateFile } from '../../../src/generators/template/template.ts';

function template(file: string, about?: string) {
  return readTemplate({
    name: 'part',
    files: [{ name: 'part/file', text: file }],
    ...(about === undefined ? {} : { about: { name: 'part/template.yaml', text: about } }),
  });
}

function render(body: string, options: Readonly<Record<string, string>>, about?: string): TemplateFile {
  return template(`---\nto: "{{kebabName}}.ts"\n---\n${body}`, about).render('user-card', options)[0]!;
}

const lists = 'options:\n  items: { type: list }\n  on: { type: switch }\n';

describe('a template', () => {
  it('fills in the name in all its forms, and texts as they are', () => {
    const body = '{{name}} {{pascalName}} {{camelName}} {{kebabName}} {{snakeName}} {{constantName}} {{text}}';
    expect(render(body, { text: '<&"\'{{name}}' }).body).toBe(
      'user-card UserCard userCard user-card user_card USER_CARD <&"\'{{name}}\n',
    );
  });

  it('has sections for switches and lists', () => {
    const body = '{{#on}}yes {{/on}}{{^on}}no {{/on}}{{#items}}{{.}}-{{kebabName}} {{/items}}{{^items}}none{{/items}}';
    expect(render(body, { on: 'true', items: 'a, b' }, lists).body).toBe('yes a-user-card b-user-card \n');
    expect(render(body, { on: 'false', items: '' }, lists).body).toBe('no none\n');
  });

  it('takes what its texts name as options, and says so', () => {
    const { meta } = template('---\nto: "{{folder}}/a.ts"\n---\n{{one}}');
    expect(meta.options.map(({ name }) => name)).toEqual(['folder', 'one']);
    expect(meta.name.required).toBe(false);
  });

  it('leaves out a file whose path is empty', () => {
    const file = '---\nto: "{{#on}}a.ts{{/on}}"\n---\nx';
    expect(template(file, lists).render(undefined, { on: 'false', items: '' })).toEqual([]);
  });

  it('reads line ends of Windows', () => {
    expect(template('---\r\nto: a.ts\r\n---\r\na\r\nb\r\n').render(undefined, {})[0]).toMatchObject({ body: 'a\nb\n' });
  });
});

describe('a hostile template', () => {
  it.each([
    '{{constructor.constructor}}',
    '{{#constructor}}return process{{/constructor}}',
    '{{__proto__.x}}',
    '{{pascalName.length}}',
    '{{toString}}',
    '{{{hasOwnProperty}}}',
  ])('reaches nothing but its own values by %s', (body) => {
    expect(() => render(body, {}, lists)).toThrow(/E_GENERATE_TEMPLATE|no option|no name of an option/);
  });

  it('gets an inherited name as a plain text when it makes an option of it', () => {
    const about = 'options:\n  constructor: {}\n  valueOf: {}\n';
    expect(render('{{constructor}} {{valueOf}}', { constructor: 'a', valueOf: 'b' }, about).body).toBe('a b\n');
  });

  it.each([
    ['reads other files', '{{> /etc/passwd}}', /other files/],
    ['is nested without end', '{{#on}}'.repeat(50) + '{{/on}}'.repeat(50), /nested/],
    ['is not closed', 'a\n{{#on}}', /part\/file:\d+: unclosed/],
  ])('is refused when it %s', (_, body, message) => {
    expect(() => render(body, { on: 'true', items: '' }, lists)).toThrow(message);
  });

  it.each(['', 'x'])('is refused before its lists of lists take forever (%j)', (inner) => {
    const body = '{{#items}}'.repeat(20) + inner + '{{/items}}'.repeat(20);
    const items = Array.from({ length: 50 }, () => 'a').join(',');
    expect(() => render(body, { on: 'true', items }, lists)).toThrow(/longer than/);
  });

  it.each([
    ['no front matter', 'a', /must begin with front matter/],
    ['front matter without an end', '---\nto: a\n', /must begin with front matter/],
    ['an unquoted variable', '---\nto: {{name}}.ts\n---\n', /file:2: no YAML.*quotes/],
    ['an unknown key', '---\nti: a\n---\n', /unknown key "ti".*did you mean to/],
    ['two places', '---\nto: a\ninto: b\n---\n', /either to: or into:/],
    ['no place', '---\n---\n', /either to: or into:/],
    ['after without into', '---\nto: a\nafter: b\n---\n', /go with into/],
    ['two places in a file', '---\ninto: a\nafter: b\nclass: C\n---\n', /either after: or class:/],
    ['a list for a path', '---\nto: [a]\n---\n', /to: must be a text/],
    ['a tag of YAML', '---\nto: !!js/function "x"\n---\n', /file:2: no YAML/],
    ['a key twice', '---\nto: a\nto: b\n---\n', /no YAML/],
    ['an alias', '---\nto: &a x\nafter: *a\n---\n', /aliases|go with into/],
  ])('is refused for %s', (_, file, message) => {
    expect(() => template(file)).toThrow(message);
  });

  it.each([
    ['an unknown key', 'sumary: x', /did you mean summary/],
    ['an option with a bad default', 'options: { a: { values: [x], default: y } }', /default: one of x/],
    ['an option that is a form of the name', 'options: { pascalName: {} }', /form of the name/],
    ['an unknown type', 'options: { a: { type: code } }', /one of text, switch, list/],
    ['no YAML', 'a: [', /no YAML/],
  ])('is refused for %s in template.yaml', (_, about, message) => {
    expect(() => template('---\nto: a\n---\n', about)).toThrow(message);
  });

  it.each(['a b', '../x', 'a;b', 'class', '', '1a', 'a/b'])('does not take %j as a name', (name) => {
    expect(() => template('---\nto: "{{name}}"\n---\n').render(name, {})).toThrow(/is no name/);
  });
});
