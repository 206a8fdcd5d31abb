import ts from 'typescript';

interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

interface Place {
  readonly text: string;
  readonly file: ts.SourceFile;
  readonly names: readonly string[];
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** Names of methods that take the same arguments: one for the other still runs. */
const methodGroups = [
  ['push', 'unshift'],
  ['shift', 'pop'],
  ['filter', 'map', 'flatMap', 'forEach'],
  ['some', 'every', 'find', 'findIndex', 'filter'],
  ['includes', 'indexOf', 'lastIndexOf'],
  ['reduce', 'reduceRight'],
  ['slice', 'splice', 'concat'],
  ['keys', 'values', 'entries'],
  ['sort', 'reverse', 'slice'],
];
const operatorGroups = [
  ['<', '<=', '>', '>=', '===', '!==', '!=', '=='],
  ['+', '-', '*', '%'],
  ['&&', '||', '??'],
];

/**
 * A program with a few changes at random: statements put in, left out, doubled or wrapped, other names, methods, operators and
 * literals. What is put in shows what a variable holds (`trace`), keeps it (`later`), changes it, or leaves the code around it.
 * @param random numbers from 0 to 1
 */
export function mutateSource(source: string, random: () => number): string {
  let text = source;
  const changes = 1 + Math.floor(random() * 3);
  for (let count = 0; count < changes; count += 1) text = mutateOnce(text, random);
  return `export const trace: unknown[] = [];\nexport const later: (() => unknown)[] = [];\n${text}`;
}

function mutateOnce(text: string, random: () => number): string {
  const file = ts.createSourceFile('subject.ts', text, ts.ScriptTarget.ES2022, true);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const place: Place = { text, file, names: namesOf(file), pick };
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const change = pick(mutations)(place);
    if (change !== undefined) return text.slice(0, change.start) + change.text + text.slice(change.end);
  }
  return text;
}

function nodesOf<Node extends ts.Node>(file: ts.SourceFile, isWanted: (node: ts.Node) => node is Node): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    if (isWanted(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function namesOf(file: ts.SourceFile): string[] {
  const isDeclaration = (node: ts.Node): node is ts.VariableDeclaration | ts.ParameterDeclaration =>
    ts.isVariableDeclaration(node) || ts.isParameter(node);
  return nodesOf(file, isDeclaration).flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
}

/** A condition that holds in some rounds. */
function condition({ names, pick }: Place): string {
  const [a, b] = [pick(names), pick(names)];
  return pick([`trace.length > 2`, `trace.length % 2 === 0`, `${a} === ${b}`, `!${a}`, `${a} as unknown`]);
}

function newStatement(place: Place): string {
  const { names, pick } = place;
  const [a, b] = [pick(names), pick(names)];
  return pick([
    `trace.push(${a});`,
    `trace.push([...(${a} as unknown[])]);`,
    `later.push(() => ${a});`,
    `trace.push((${a} as unknown as unknown[]).length);`,
    `if (${condition(place)}) break;`,
    `if (${condition(place)}) continue;`,
    `if (${condition(place)}) return ${a};`,
    `if (${condition(place)}) return;`,
    `if (${condition(place)}) throw new RangeError('planted');`,
    `${a} = ${b};`,
    `${a} = [];`,
    `${a}.push(${b});`,
    `${a}.length = 1;`,
    `${a}[0] = ${b};`,
    `delete ${a}[0];`,
    `${a}.sort();`,
    `${a}.pop();`,
    `${a}.splice(0, 1);`,
    `const kept${String(place.text.length)} = ${a}; later.push(() => kept${String(place.text.length)});`,
    `trace.push(typeof ${a});`,
    `trace.push(${a} === ${b});`,
    `for (const one of ${a}) trace.push(one);`,
    `${a}++;`,
  ]);
}

function wrapped(statement: string, place: Place): string {
  const { pick } = place;
  return pick([
    `{ ${statement} }`,
    `if (${condition(place)}) { ${statement} }`,
    `if (${condition(place)}) ${statement}`,
    `try { ${statement} } catch { trace.push('caught'); }`,
    `try { ${statement} } finally { trace.push('finally'); }`,
    `for (let q = 0; q < 2; q++) { ${statement} }`,
    `outer: for (let q = 0; q < 3; q++) { ${statement} if (${condition(place)}) continue outer; }`,
    `do { ${statement} } while (trace.push(1) < 4);`,
    `switch (trace.length) { case 0: ${statement} break; default: trace.push(0); }`,
    `(() => { ${statement} })();`,
    `[1, 2].forEach(() => { ${statement} });`,
    `later.push(() => { ${statement} });`,
  ]);
}

const statementLists = (node: ts.Node): node is ts.Block | ts.CaseClause => ts.isBlock(node) || ts.isCaseClause(node);
const isStatement = (node: ts.Node): node is ts.Statement =>
  ts.isStatement(node) && !ts.isBlock(node) && ts.isBlock(node.parent);
const isValue = (node: ts.Node): node is ts.Identifier =>
  ts.isIdentifier(node) &&
  !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
  !ts.isVariableDeclaration(node.parent) &&
  !ts.isFunctionLike(node.parent) &&
  !ts.isLabeledStatement(node.parent) &&
  !ts.isBreakOrContinueStatement(node.parent) &&
  !ts.isParameter(node.parent) &&
  !ts.isTypeNode(node.parent) &&
  !ts.isPropertyAssignment(node.parent) &&
  !ts.isPropertySignature(node.parent);
const isPart = (node: ts.Node): node is ts.Expression =>
  ts.isExpression(node) && (ts.isCallExpression(node.parent) || ts.isBinaryExpression(node.parent));

const mutations: readonly ((place: Place) => Change | undefined)[] = [insert, insert, insert, wrap, leaveOut, twice, rename, declare, literal, method, operator, effect, swap]; // oxfmt-ignore

function insert(place: Place): Change | undefined {
  const blocks = nodesOf(place.file, statementLists);
  if (blocks.length === 0 || place.names.length === 0) return undefined;
  const { statements } = place.pick(blocks);
  const at = place.pick([statements.pos, ...statements.map((statement) => statement.end)]);
  return { start: at, end: at, text: ` ${newStatement(place)} ` };
}

function wrap(place: Place): Change | undefined {
  const all = nodesOf(place.file, isStatement);
  if (all.length === 0 || place.names.length === 0) return undefined;
  const one = place.pick(all);
  const [start, end] = [one.getStart(), one.end];
  return { start, end, text: wrapped(place.text.slice(start, end), place) };
}

function leaveOut(place: Place): Change | undefined {
  const all = nodesOf(place.file, isStatement);
  if (all.length === 0) return undefined;
  const one = place.pick(all);
  return { start: one.getStart(), end: one.end, text: '' };
}

function twice(place: Place): Change | undefined {
  const all = nodesOf(place.file, isStatement);
  if (all.length === 0) return undefined;
  const one = place.pick(all);
  return { start: one.end, end: one.end, text: ` ${place.text.slice(one.getStart(), one.end)}` };
}

function rename(place: Place): Change | undefined {
  const all = nodesOf(place.file, isValue);
  if (all.length === 0 || place.names.length === 0) return undefined;
  const one = place.pick(all);
  return { start: one.getStart(), end: one.end, text: place.pick(place.names) };
}

function declare(place: Place): Change | undefined {
  const all = [...place.text.matchAll(/\b(?:const|let|var)\b/g)];
  if (all.length === 0) return undefined;
  const { index, 0: word } = place.pick(all);
  return { start: index, end: index + word.length, text: place.pick(['const', 'let', 'var']) };
}

function literal(place: Place): Change | undefined {
  const all = nodesOf(place.file, ts.isNumericLiteral);
  if (all.length === 0) return undefined;
  const one = place.pick(all);
  return { start: one.getStart(), end: one.end, text: place.pick(['0', '1', '2', '(-1)', '1.5', 'NaN']) };
}

function method(place: Place): Change | undefined {
  const all = nodesOf(place.file, ts.isPropertyAccessExpression).filter(({ name }) =>
    methodGroups.some((group) => group.includes(name.text)),
  );
  if (all.length === 0) return undefined;
  const { name } = place.pick(all);
  const group = place.pick(methodGroups.filter((one) => one.includes(name.text)));
  return { start: name.getStart(), end: name.end, text: place.pick(group) };
}

function operator(place: Place): Change | undefined {
  const all = nodesOf(place.file, ts.isBinaryExpression).filter(({ operatorToken }) =>
    operatorGroups.some((group) => group.includes(operatorToken.getText())),
  );
  if (all.length === 0) return undefined;
  const { operatorToken } = place.pick(all);
  const group = operatorGroups.find((one) => one.includes(operatorToken.getText())) ?? [];
  return { start: operatorToken.getStart(), end: operatorToken.end, text: place.pick(group) };
}

/** An expression that does something on the way. */
function effect(place: Place): Change | undefined {
  const all = nodesOf(place.file, isPart);
  if (all.length === 0 || place.names.length === 0) return undefined;
  const one = place.pick(all);
  const [start, end] = [one.getStart(), one.end];
  const text = place.text.slice(start, end);
  const name = place.pick(place.names);
  return {
    start,
    end,
    text: place.pick([
      `(trace.push(1), ${text})`,
      `(trace.push(${name}), ${text})`,
      `(${name} ?? ${text})`,
      `[${text}][0]!`,
    ]),
  };
}

function swap(place: Place): Change | undefined {
  const all = nodesOf(place.file, isStatement).flatMap((one) => {
    const { statements } = one.parent as ts.Block;
    const next = statements[statements.indexOf(one) + 1];
    return next === undefined ? [] : [[one, next] as const];
  });
  if (all.length === 0) return undefined;
  const [first, second] = place.pick(all);
  const [a, b] = [first, second].map((one) => place.text.slice(one.getStart(), one.end)) as [string, string];
  const between = place.text.slice(first.end, second.getStart());
  return { start: first.getStart(), end: second.end, text: b + between + a };
}
