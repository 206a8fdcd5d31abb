import { expect, it } from 'vitest';
import { detectors } from '../../../src/detectors/index.ts';
import { analyzeText } from '../../../src/engine/analysis/analyze-text.ts';
import type { RegexPort } from '../../../src/engine/analysis/regex-port.ts';
import { rules } from '../../../src/rules/index.ts';
import { loadOxc } from '../../../src/wasm/oxc-parser.ts';

const parser = loadOxc({ memoryLimitBytes: 256 * 1024 * 1024 });

function rulesThatReport(text: string): readonly string[] {
  const parts = { rules, detectors: [], parser, regexes: { verdict: () => undefined } };
  const ids = rules.map(({ meta }) => meta.id);
  return analyzeText({ text, language: 'typescript', rules: ids }, parts).findings.map(({ ruleId }) => ruleId);
}

// each was false in code of a published package: see docs/analyze-reading.md
it.each([
  ['entries() of a Map', 'for (const [tag, service] of context.unsafeMap.entries()) use(tag, service);'],
  ['a map() that takes its collection first', 'Chunk.map(chunk, (text) => { use(text); });'],
  ['a map() of the class itself', 'this.map(use);'],
  ['Array.from() of what may be a Set', 'use(Array.from(context.hashes, (hash) => hash.length));'],
  ['Array.from() of an iterator', 'use(Array.from(context.keys(), (key) => key.length));'],
  ['a list of a few that are written out', 'use(Math.min(...[context.a, context.b].filter((one) => one > 0)));'],
  [
    'one of two short lists',
    "const all = use ? ['a'] : ['a', 'b'];\n  for (const key of chunk) if (all.includes(`${key}`)) use(key);",
  ],
  ['a loop of four rounds', 'const out = [];\n  for (let i = 0; i < 4; i++) out.unshift(context[i]);\n  use(out);'],
  ['a key that has two parts', "use(chunk.split(':')[1]);"],
  ['arguments that are copied under a condition', 'if (context) use(Array.prototype.slice.call(arguments, 4));'],
  [
    'a list of few names that is made of a constant',
    'const known = { a: 1, b: 2 };\n  const names = Object.keys(known);\n  for (const key of context) if (names.includes(`${key}`)) use(key);',
  ],
])('no finding is made of %s', (_title, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use, Chunk) {\n  ${text}\n}\n`)).toEqual([]);
});

it.each([
  ['array-entries', 'for (const [at, one] of [...context].entries()) use(at, one);'],
  ['map-unused', 'chunk.map((text) => { use(text); });'],
])('%s still reports what is one', (rule, text) => {
  expect(rulesThatReport(`export function run(context, chunk, use) {\n  ${text}\n}\n`)).toContain(rule);
});

it.each([
  ['a match without the flag g', 'if (chunk.match(/x/)) use();', 'a list of the parts of the match'],
  ['a match with the flag g', 'if (chunk.match(/x/g)) use();', 'O(n) matches'],
])('the cost of %s is its own', (_title, text, cost) => {
  const parts = { rules, detectors: [], parser, regexes: { verdict: () => undefined } };
  const code = `export function run(context, chunk, use) {\n  ${text}\n}\n`;
  const { findings } = analyzeText({ text: code, language: 'typescript', rules: ['match-boolean'] }, parts);
  expect(findings.map(({ complexity, confidence }) => [complexity.before, confidence])).toEqual([[cost, 'possible']]);
});

/** What is listed when nothing else is asked for, by confidence. */
function confidences(text: string, kind: 'rules' | 'detectors' = 'rules'): Readonly<Record<string, string>> {
  const found = kind === 'rules' ? { rules, detectors: [] } : { rules: [], detectors };
  const ids = [...found.rules, ...found.detectors].map(({ meta }) => meta.id);
  const parts = { ...found, parser, regexes: squares };
  const code = `export async function run(context, chunk: string, list: string[], use) {\n  ${text}\n}\n`;
  const { findings } = analyzeText({ text: code, language: 'typescript', rules: ids }, parts);
  return Object.fromEntries(findings.map(({ ruleId, confidence }) => [ruleId, confidence]));
}

/** Says that every pattern takes a square, or a cube. */
const [squares, cubes] = ([2, 3] as const).map((growth): RegexPort => ({
  verdict: () => ({ kind: 'super-linear', growth, attack: '', hotspot: { start: 0, end: 1 }, counted: [] }),
})) as [RegexPort, RegexPort];

// each class was false in code of a published package; the second text of each is what must still be listed
it.each([
  [
    'a search over the parts of a path',
    'includes-set',
    "const parts = chunk.split('/');\n  for (const one of list) if (parts.includes(one)) use(one);",
    "const parts = chunk.split('\\n');\n  for (const one of list) if (parts.includes(one)) use(one);",
  ],
  [
    'a search in a loop over the parts of a key',
    'includes-set',
    "for (const one of chunk.split('.')) if (list.includes(one)) use(one);",
    'for (const one of chunk.matchAll(/x/g)) if (list.includes(one[0])) use(one);',
  ],
  [
    'a search in a list of twenty that are written out',
    'includes-set',
    `const known = [${Array.from({ length: 20 }, (_, at) => `'k${String(at)}'`).join(', ')}];\n  for (const one of list) if (known.includes(one)) use(one);`,
    `const known = [${Array.from({ length: 70 }, (_, at) => `'k${String(at)}'`).join(', ')}];\n  for (const one of list) if (known.includes(one)) use(one);`,
  ],
  [
    'arguments that are gathered from behind',
    'acc-unshift',
    'const args = use.args;\n  const out = [];\n  for (const one of [...context.args].split(":")) out.unshift(one);\n  use(out);',
    'const out = [];\n  for (const one of list) out.unshift(one);\n  use(out);',
  ],
  [
    'a stack that grows at its front',
    'acc-unshift',
    'const stack = [];\n  for (const one of list) { if (one) stack.unshift(one); else stack.shift(); use(stack[0]); }',
    'const stack = [];\n  for (const one of list) { stack.unshift(one); use(stack[0]); }',
  ],
  [
    'a loop that takes from the front now and then',
    'shift-queue',
    'const queue = [...list];\n  for (let at = 0; at < context.length; at++) if (context[at] === queue[0]) queue.shift();\n  use(queue);',
    'const queue = [...list];\n  while (queue.length > 0) { use(queue.shift(), queue); }',
  ],
  ['the name in front of the dot', 'split-limit', "use(chunk.split('.')[0]);", "use(chunk.split('\\n')[0]);"],
  ['the third word of a line', 'split-limit', "use(chunk.split(' ')[2]);", "use(chunk.split('\\t')[2]);"],
  [
    'the third line of a stack trace',
    'split-limit',
    "const { stack } = context;\n  use(stack.split('\\n')[2]);",
    "use(chunk.split('\\n')[2]);",
  ],
  [
    'the most of what one call was given',
    'math-max-spread',
    'const args = list;\n  use(Math.max(...chunk.split(":").map((one) => one.length)));',
    'use(Math.max(...list.map((one) => one.length)));',
  ],
  [
    'a formatter of an error message',
    'hoist-intl',
    "throw new Error(new Intl.ListFormat('en').format(list));",
    "use(new Intl.ListFormat('en').format(list));\n  return list;",
  ],
  [
    'a formatter of an error that is made first',
    'hoist-intl',
    "use(list.filter((one) => { return one; }));\n  const error = new Error(new Intl.ListFormat('en').format(list));\n  throw error;",
    "use(list.filter((one) => { return one; }));\n  return new Intl.ListFormat('en').format(list);",
  ],
  [
    'a path from a node up to the root',
    'acc-unshift',
    'const out = [];\n  let at = context;\n  while (at) { out.unshift(at.name); at = at.parent; }\n  return out;',
    'const out = [];\n  let at = context;\n  while (at) { out.unshift(at.name); at = at.previous; }\n  return out;',
  ],
  [
    'the object of the object of a member',
    'acc-unshift',
    'const out = [];\n  let at = context;\n  while (at) { out.unshift(at.name); at = at.object; }\n  return out;',
    'const out = [];\n  let at = context;\n  while (at) { out.unshift(at.name); at = use(at); }\n  return out;',
  ],
  [
    'a decoder that the first round makes',
    'hoist-codec',
    'let text;\n  for (const one of list) { if (text === undefined) { text = new TextDecoder().decode(context); } use(text, one); }',
    'let text;\n  for (const one of list) { if (text !== one) { text = new TextDecoder().decode(context); } use(text, one); }',
  ],
  [
    'what is kept of many because it is one of a few',
    'acc-spread-object',
    "return Object.keys(context).filter((key) => ['a', 'b'].includes(key)).reduce((all, key) => ({ ...all, [key]: 1 }), {});",
    'return Object.keys(context).filter((key) => list.includes(key)).reduce((all, key) => ({ ...all, [key]: 1 }), {});',
  ],
  [
    'a search in the characters of a text that is written out',
    'includes-set',
    "const blanks = [...' \\t\\n'];\n  for (const one of list) if (blanks.includes(one)) use(one);",
    'const blanks = [...chunk];\n  for (const one of list) if (blanks.includes(one)) use(one);',
  ],
  [
    'a search for a name that is free',
    'includes-set',
    "for (const one of context) { let name = `${one}`; while (list.includes(name)) name += '_'; use(name); }",
    'for (const one of context) if (list.includes(`${one}`)) use(one);',
  ],
  [
    'a search in a list that is called a constant',
    'includes-set',
    'const KNOWN_KEYS = Object.values(context) as string[];\n  for (const one of list) if (KNOWN_KEYS.includes(one)) use(one);',
    'const known = Object.values(context) as string[];\n  for (const one of list) if (known.includes(one)) use(one);',
  ],
  [
    'a search in short lists that are joined',
    'includes-set',
    "const a = ['x', 'y'];\n  const all = [].concat(a).concat(['z']);\n  for (const one of list) if (all.includes(one)) use(one);",
    "const a = ['x', 'y'];\n  const all = [].concat(a).concat(list);\n  for (const one of list) if (all.includes(one)) use(one);",
  ],
  [
    'the frames of a stack',
    'acc-unshift',
    'const out = [];\n  for (const one of context.callFrames) out.unshift(one);\n  return out;',
    'const out = [];\n  for (const one of context.frames) out.unshift(one);\n  return out;',
  ],
  [
    'the parts of a path of this system',
    'acc-unshift',
    'const out = [];\n  for (const one of chunk.split(path.sep)) out.unshift(one);\n  return out;',
    'const out = [];\n  for (const one of chunk.split(use.sep)) out.unshift(one);\n  return out;',
  ],
  [
    'what a header says first',
    'split-limit',
    "use(context.headers.get('content-type').split(';')[0]);",
    "use(context.table.get('content-type').split(';')[0]);",
  ],
  [
    'an expression that is made once a call',
    'hoist-regexp',
    "use(new RegExp('^https?:', 'i').test(chunk));",
    "for (const one of list) use(new RegExp('^https?:', 'i').test(one));",
  ],
  ['the extension of a file', 'split-pop', "use(chunk.split('.').pop());", "use(chunk.split('\\n').pop());"],
  [
    'an array of thirty',
    'array-from-length',
    'use(Array.from({ length: 30 }, () => 0));',
    'use(Array.from({ length: list.length }, () => 0));',
  ],
  [
    'what stands before a comment',
    'split-limit',
    'use(chunk.split(/(^|\\s)[;#]/)[0]);',
    'use(chunk.split(/(^|\\s)[;,]/)[0]);',
  ],
  [
    'a search for the names of options',
    'includes-set',
    'for (const name in context.options) if (list.includes(name)) use(name);',
    'for (const name in context.table) if (list.includes(name)) use(name);',
  ],
  [
    'a header by its name',
    'split-limit',
    "const code = context.headers['x-error'];\n  use(code.split(';')[0]);",
    "const code = context.table['x-error'];\n  use(code.split(';')[0]);",
  ],
  [
    'the first argument of a call in a text',
    'split-limit',
    "const args = chunk.split(',');\n  use(args[0]);",
    "const parts = chunk.split(',');\n  use(parts[0]);",
  ],
  [
    'what stands before two dashes',
    'split-limit',
    'use(chunk.split(/\\s-{2,}\\s/u)[0]);',
    'use(chunk.split(/\\s*,\\s*/u)[0]);',
  ],
  [
    'the first line of a part of a stack trace',
    'split-limit',
    "const parts = context.stack.split(use.name);\n  use(parts[1].split('\\n')[0]);",
    "const parts = context.body.split(use.name);\n  use(parts[1].split('\\n')[0]);",
  ],
  [
    'the part behind a separator that is put together',
    'split-limit',
    'use(chunk.split(`${context}\\t`)[1]);',
    "use(chunk.split('\\t')[1]);",
  ],
])('%s is merely possible', (_title, rule, few, many) => {
  expect(confidences(few)[rule] ?? 'possible').toBe('possible');
  expect(confidences(many)[rule]).toMatch(/^(?:likely|certain)$/);
});

it.each([
  [
    'all pairs, each of which has something done',
    'nested-loops',
    'for (const a of list) for (const b of list) use(a, b);',
    'for (const a of list) for (const b of list) if (a < b.at(0)) use(a, b);',
  ],
  [
    'a loop that repeats one which does not know of it',
    'nested-loops',
    'for (let i = 0; i < list.length; i++) { use(list[i]); for (let j = 0; j < list.length; j++) use(list[j]); }',
    'for (let i = 0; i < list.length; i++) for (let j = 0; j < list.length; j++) if (list[i] < list[j]) use();',
  ],
  [
    'all pairs but that of each with itself',
    'nested-loops',
    'for (let i = 0; i < list.length; i++) for (let j = 0; j < list.length; j++) if (i !== j) use(list[i], list[j]);',
    'for (let i = 0; i < list.length; i++) for (let j = 0; j < list.length; j++) if (list[i].at(0) < list[j].at(0)) use();',
  ],
  [
    'an inner loop under a condition',
    'nested-loops',
    'for (const a of list) if (use(a)) for (const b of list) if (a < b.at(0)) use(b);',
    'for (const a of list) { use(a); for (const b of list) if (a < b.at(0)) use(b); }',
  ],
  [
    'a key that is part of a comparison by a call',
    'nested-join',
    'for (const a of context.as) for (const b of context.bs) if (use(a.value, b.value) && a.id === b.id) use(a);',
    'for (const a of context.as) for (const b of context.bs) if (a.id === b.id) use(a);',
  ],
  [
    'rounds that print',
    'await-in-loop',
    'const out = [];\n  for (const one of list) { console.log(one); out.push(await context.findOrder(one)); }\n  return out;',
    'const out = [];\n  for (const one of list) { use(one); out.push(await context.findOrder(one)); }\n  return out;',
  ],
  ['a square on a name', 'regex-backtracking', 'use(context.version.match(/a+b/));', 'use(context.body.match(/a+b/));'],
  [
    'a filter that may be one of something else',
    'nested-search',
    'list.map((one) => context.nodes.filter((node) => node.id === one));',
    'list.map((one) => context.nodes.find((node) => node.id === one));',
  ],
  [
    'effects one after the other',
    'await-in-loop',
    'const out = [];\n  for (const one of list) out.push(await context.createOrder(one));\n  return out;',
    'const out = [];\n  for (const one of list) out.push(await context.findOrder(one));\n  return out;',
  ],
  [
    'a pattern that other code matches',
    'regex-backtracking',
    'use({ name: "word", pattern: /a+b/ });',
    'use(context.sourceText.replace(/a+b/, ""));',
  ],
  [
    'squares all over a text that may be a label',
    'regex-backtracking',
    "use(chunk.replace(/a+b/g, ''));",
    "const text = await use.readFile(chunk);\n  use(text.replace(/a+b/g, ''));",
  ],
  [
    'properties that are the same in every round',
    'copy-in-loop',
    'let all = {};\n  for (const one of list) all = { ...all, one, ...{ two: one } };\n  return all;',
    'let all = {};\n  for (const one of list) all = { ...all, [one]: one };\n  return all;',
  ],
  [
    'the padding of base64',
    'regex-backtracking',
    "use(context.body.replace(/=+$/, ''));",
    "use(context.body.replace(/-+$/, ''));",
  ],
  [
    'the cells of a matrix',
    'nested-loops',
    'const n = list.length;\n  for (let i = 0; i < n; i++) { use(list[i][i]); for (let j = i + 1; j < n; j++) if (list[j][i] > use.most) use(list[j][i]); }',
    'const n = list.length;\n  for (let i = 0; i < n; i++) { use(list[i].a); for (let j = i + 1; j < n; j++) if (list[j].a > list[i].a) use(list[j].a); }',
  ],
  [
    'modules that are loaded one after the other',
    'await-in-loop',
    'const out = [];\n  for (const one of list) out.push(await context.dynamicImport(one));\n  return out;',
    'const out = [];\n  for (const one of list) out.push(await context.findModule(one));\n  return out;',
  ],
  [
    'statements one after the other',
    'await-in-loop',
    'const out = [];\n  for (const query of list) out.push(await context.queryArray([query]));\n  return out;',
    'const out = [];\n  for (const id of list) out.push(await context.queryArray([use, id]));\n  return out;',
  ],
])('%s are found to be merely possible', (_title, detector, doubtful, sure) => {
  expect(confidences(doubtful, 'detectors')[detector] ?? 'possible').toBe('possible');
  expect(confidences(sure, 'detectors')[detector]).toMatch(/^(?:likely|certain)$/);
});

it.each([
  ['a line of a stack trace', "for (const line of context.stack.split('\\n')) use(line.match(/a+b/));", 'possible'],
  [
    'a line of what follows in one',
    "const { stack } = context;\n  const lines = use ? stack.slice(9).split('\\n') : stack.split('\\n');\n  use(lines[1].match(/a+b/));",
    'possible',
  ],
  ['a variable of the environment', 'use(process.env.FLAGS.split(/a+b/));', 'possible'],
  ['the name of a host', 'const { hostname } = context;\n  use(/a+b/.test(hostname));', 'possible'],
  ['a text of any kind', 'use(chunk.match(/a+b/));', 'likely'],
])('a cube on %s is weighed by how long it gets', (_title, text, confidence) => {
  const parts = { rules: [], detectors, parser, regexes: cubes };
  const code = `export function run(context, chunk: string, use) {\n  ${text}\n}\n`;
  const { findings } = analyzeText({ text: code, language: 'typescript', rules: ['regex-backtracking'] }, parts);
  expect(findings.map((one) => one.confidence)).toEqual([confidence]);
});

it('a search from the front for the beginning of a name is merely possible', () => {
  const parts = { rules, detectors: [], parser, regexes: squares };
  const found = (name: string): readonly string[] =>
    analyzeText(
      {
        text: `export const f = (${name}: string) => ${name}.indexOf('is') === 0;\n`,
        language: 'typescript',
        rules: ['index-of-zero'],
      },
      parts,
    ).findings.map(({ confidence }) => confidence);
  expect(found('name')).toEqual(['possible']);
  expect(found('html')).toEqual(['certain']);
});

it.each([
  ['the last arguments alone', 'use([].slice.call(arguments, -1));'],
  ['a trim() for engines that have none', "use(context.trim ? context.trim() : context.replace(/^\\s+|\\s+$/g, ''));"],
  [
    'a trim() of an engine that has none',
    "use(String.prototype.trim ? context.trim : function (text) { return text.replace(/^\\s+/, ''); });",
  ],
  ['an array of holes', 'use(Array.from(Array(context.count), () => 0));'],
])('no finding is made of %s', (_title, text) => {
  expect(rulesThatReport(`export function run(context, use) {\n  ${text}\n}\n`)).toEqual([]);
});

it('white space at the beginning costs no square', () => {
  const parts = { rules, detectors: [], parser, regexes: squares };
  const cost = (pattern: string): readonly string[] =>
    analyzeText(
      {
        text: `export const f = (text: string) => text.replace(${pattern}, '');\n`,
        language: 'typescript',
        rules: ['trim-regexp'],
      },
      parts,
    ).findings.map(({ complexity }) => complexity.before);
  expect(cost('/^\\s+/')).toEqual(['O(n) expression']);
  expect(cost('/\\s+$/')).toEqual(['O(n²) on runs of blanks']);
});

it('a little more in a call is merely possible where no loop says that there are many', () => {
  const parts = { rules, detectors: [], parser, regexes: squares };
  const found = (text: string): readonly string[] =>
    analyzeText({ text, language: 'typescript', rules: ['date-object-time'] }, parts).findings.map(
      ({ confidence }) => confidence,
    );
  expect(found('export const started = new Date().getTime();\n')).toEqual(['possible']);
  expect(found('export const now = () => new Date().getTime();\n')).toEqual(['possible']);
  expect(found('export const f = (xs: string[]) => xs.map(() => new Date().getTime());\n')).toEqual(['certain']);
});
