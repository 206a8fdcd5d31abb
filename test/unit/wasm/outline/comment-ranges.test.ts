import { expect, test } from 'vitest';
import type { Language } from '../../../../src/engine/language.ts';
import { commentRanges, hasPlainComments } from '../../../../src/wasm/outline/comment-ranges.ts';
import { literalRanges } from '../../../../src/wasm/outline/literal-ranges.ts';
import { outlineOfTree } from '../../../../src/wasm/outline/outline-of-tree.ts';
import { loadOxc } from '../../../../src/wasm/oxc-parser.ts';

const scripts = loadOxc({ memoryLimitBytes: 256 * 2 ** 20 });

const samples: readonly (readonly [string, Language, string])[] = [
  ['line and block comments', 'javascript', '// a\nlet b; /* c */ let d; // e'],
  ['a comment of several lines with signs of comments inside', 'javascript', '/* a // b\n * /* c */ let d;\n//* e */'],
  ['strings that look like comments', 'javascript', 'f("// a", \'/* b */\', "c") // d'],
  ['templates with code in them', 'javascript', 'f(`// a ${/* b */ c /* d */} /* e`, `${`// ${f}`}`); // g'],
  ['tagged templates with an invalid escape', 'javascript', 'f`\\u // ${a} // b`; // c'],
  ['regular expressions with slashes', 'javascript', 'const a = /[/*]\\/\\/*/g; // b\nc = d / e / /* f */ g;'],
  ['carriage returns and other line ends', 'javascript', '// a\r\nb; // c\rd; // e\u2028f; // g\u2029h; //'],
  ['a hashbang', 'javascript', '#!/usr/bin/env node // a\n// b\n'],
  ['text between tags', 'tsx', 'const a = <b c="// d">// e {/* f */} /* g {h /* i */}</b>; // j'],
  ['comments among attributes', 'tsx', 'const a = <b /* c */ d /* e */ = "f" // g\n/>;'],
  ['types', 'typescript', 'type A = `//${string}/*` /* b */ | "//"; // c\nenum D { "//" = 1 /* e */ }'],
  ['imports with attributes', 'typescript', 'import a from "//b" with { "type": "/*" }; // c'],
  ['characters outside of the first plane', 'javascript', '"😀//"; // 😀\n/*😀*/ let a;'],
];

test.each(samples)('comments are found where the parser finds them: %s', (_name, language, text) => {
  const tree = scripts.parse(text, language);
  expect(tree.problems).toEqual([]);
  expect(hasPlainComments(text)).toBe(true);
  const found = [...commentRanges(text, literalRanges(tree))];
  expect(found).toEqual(tree.comments.flatMap(({ start, end }) => [start, end]));
});

test('comments as HTML has them are left to the parser', () => {
  const text = 'let a; <!-- b\n--> c\nlet d; // e';
  expect(hasPlainComments(text)).toBe(false);
  const outline = outlineOfTree(scripts.parse(text, 'javascript'));
  expect([...outline.comments].map((at, index) => (index % 2 === 0 ? text.slice(at, at + 4) : ''))).toEqual(
    expect.arrayContaining(['<!--', '--> ', '// e']),
  );
});

test('a tree without comments is the same otherwise', () => {
  const text = '// a\nfunction b() {} /* c */';
  const { comments, ...rest } = scripts.parse(text, 'javascript', { comments: false });
  expect(comments).toEqual([]);
  expect(scripts.parse(text, 'javascript')).toMatchObject(rest);
});
