// The command line as one file of many chunks: what no command loads is never compiled, and V8's code cache holds what a
// command really ran. esbuild splits ES modules only, so its chunks are turned into CommonJS functions here.
import { basename } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';

/**
 * Bundles `options.entryPoints` into one CommonJS file of the form
 *
 *     //{"<chunk>":[<offset>,<length>],…}         the place of every chunk, in bytes after this line; the first entry is the first
 *     const chunks={"<chunk>":(function(exports,require,…){…}),…};…
 *
 * which works as it stands with `require`, and of which bin/booster.cjs takes chunks one by one. Gives the contents, the
 * paths of all inputs, and the names that an entry point exports.
 */
export async function bundleChunks(options) {
  const result = await build({ ...options, format: 'esm', splitting: true, outdir: 'out', entryNames: '[name]' });
  const modules = result.outputFiles.map((file) => toFunction(basename(file.path), file.text));
  const [entry] = Object.entries(result.metafile.outputs).find(
    ([, output]) => output.entryPoint === options.entryPoints[0],
  );
  const ordered = inOrder(basename(entry), new Map(modules.map((module) => [module.name, module])));
  const index = {};
  let body = 'const chunks={';
  for (const { name, text } of ordered) {
    body += `${JSON.stringify(name)}:`;
    index[name] = [body.length, text.length];
    body += `${text},\n`;
  }
  body += `};\n${loader(ordered[0].name)}`;
  const contents = Buffer.from(`//${JSON.stringify(index)}\n${body}`, 'latin1');
  const strange = /.{0,60}[^\0-\x7f].{0,20}/.exec(body)?.[0];
  if (strange !== undefined) throw new Error(`not ASCII, so not what the launcher would read: ${strange}`);
  const exported = (entryPoint) =>
    Object.values(result.metafile.outputs)
      .find((output) => output.entryPoint === entryPoint)
      .exports.sort();
  return { contents, inputs: Object.keys(result.metafile.inputs), exported };
}

/** For those who `require` the file; bin/booster.cjs has its own. */
function loader(entry) {
  return `const loaded={},bundleUrl=require("node:url").pathToFileURL(__filename).href;
function load(name){let exports=loaded[name];if(exports===undefined){loaded[name]=exports={};chunks[name](exports,take,bundleUrl,__filename,__dirname)}return exports}
function take(name){return name.startsWith("./")?load(name.slice(2)):require(name)}
Object.setPrototypeOf(take,require);
module.exports=load(${JSON.stringify(entry)});
`;
}

/** The chunks with what each one imports before itself never being needed after it; the entry comes first. */
function inOrder(entry, modules) {
  const done = new Set();
  const open = new Set();
  const visit = (name) => {
    if (done.has(name)) return;
    if (open.has(name)) throw new Error(`chunks import each other in a circle: ${[...open].join(', ')}`);
    open.add(name);
    for (const other of modules.get(name).imports) visit(other);
    open.delete(name);
    done.add(name);
  };
  for (const name of modules.keys()) visit(name);
  return [modules.get(entry), ...[...modules.values()].filter(({ name }) => name !== entry)];
}

/** `performance.now()` by the name that build.mjs gives it: the same clock, without loading node:perf_hooks. */
const processMs = 'const processMs=()=>process.uptime()*1e3;';

/** One ES module as the text of a function expression, with the chunks that it loads at once. */
function toFunction(name, text) {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const edits = [];
  const imports = [];
  const exported = [];
  const replace = (node, replacement) => edits.push({ start: node.getStart(file), end: node.end, replacement });
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      const from = statement.moduleSpecifier.text;
      if (from.startsWith('./')) imports.push(from.slice(2));
      replace(statement, importText(statement, file));
    } else if (ts.isExportDeclaration(statement)) {
      if (statement.moduleSpecifier !== undefined) throw new Error(`${name}: re-exports are not expected here`);
      for (const { name: as, propertyName } of statement.exportClause.elements) {
        exported.push([as.text, (propertyName ?? as).text]);
      }
      replace(statement, '');
    } else if (ts.isExportAssignment(statement)) {
      // a CommonJS package: its properties are found by name, as in Node
      const whole = statement.expression.getText(file);
      replace(statement, `Object.assign(exports,exports.default=${whole},{default:exports.default});`);
    } else if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) {
      throw new Error(`${name}: an export beside a declaration is not expected here`);
    }
  }
  const locals = new Set(exported.map(([, local]) => local));
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [target] = node.arguments;
      if (ts.isStringLiteral(target) && /^\.\.?\//.test(target.text)) {
        replace(node, `Promise.resolve().then(()=>require(${JSON.stringify(target.text)}))`);
      }
    }
    // esbuild leaves these as they are
    if (ts.isRegularExpressionLiteral(node)) replace(node, escapeNonAscii(node.text));
    const target = assignedName(node);
    if (locals.has(target))
      throw new Error(`${name}: ${target} is exported and assigned: an importer would keep the old value`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  const body = (text.includes('processMs') ? processMs : '') + apply(text, edits);
  const exports = exported.map(([as, local]) => `exports.${as}=${local}`).join(';');
  return {
    name,
    imports,
    text: `(function(exports,require,bundleUrl,__filename,__dirname){"use strict";${body};${exports}})`,
  };
}

/** Parts of Node that take a millisecond and more to load. Of these, only functions are imported by name. */
const loadedByFirstCall = new Set(['node:crypto', 'node:fs/promises', 'node:net']);

/** Classes that are loaded by the first `new`; nothing extends them. */
const loadedByFirstNew = new Map([['node:worker_threads', new Set(['Worker'])]]);

/** Values are copied: chunks do not import each other in a circle and no exported variable is assigned again. */
function importText(statement, file) {
  const from = statement.moduleSpecifier.text;
  const required = `require(${JSON.stringify(from)})`;
  const clause = statement.importClause;
  if (clause === undefined) return `${required};`;
  const named = clause.namedBindings?.elements ?? [];
  const classes = loadedByFirstNew.get(from);
  if (named.length > 0 && named.every(({ name, propertyName = name }) => classes?.has(propertyName.text))) {
    const late = named.map(
      ({ name, propertyName = name }) =>
        `${name.text}=function(...args){return new (${required}.${propertyName.text})(...args)}`,
    );
    return `const ${late.join(',')};`;
  }
  if (
    loadedByFirstCall.has(from) &&
    named.every(({ name, propertyName }) => /^[a-z]/.test((propertyName ?? name).text))
  ) {
    const functions = named.map(({ name, propertyName }) => {
      const called = `${required}.${(propertyName ?? name).text}`;
      return `${name.text}=(...args)=>${called}(...args)`;
    });
    if (functions.length > 0 && clause.name === undefined) return `const ${functions.join(',')};`;
  }
  const parts = [];
  if (clause.name !== undefined) parts.push(`${clause.name.text}=${required}`);
  const bindings = clause.namedBindings;
  if (bindings !== undefined && ts.isNamespaceImport(bindings)) parts.push(`${bindings.name.text}=${required}`);
  else if (bindings !== undefined) {
    const names = bindings.elements.map(({ name, propertyName }) =>
      propertyName === undefined ? name.text : `${propertyName.getText(file)}:${name.text}`,
    );
    parts.push(`{${names.join(',')}}=${required}`);
  }
  return `const ${parts.join(',')};`;
}

/** The variable that an expression assigns, where it is one. Destructuring assignments to exports are not met in bundles. */
function assignedName(node) {
  if (ts.isBinaryExpression(node)) {
    const { kind } = node.operatorToken;
    const isAssignment = kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
    return isAssignment && ts.isIdentifier(node.left) ? node.left.text : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const { operator } = node;
    const isUpdate = operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
    return isUpdate && ts.isIdentifier(node.operand) ? node.operand.text : undefined;
  }
  return undefined;
}

function escapeNonAscii(pattern) {
  return pattern.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function apply(text, edits) {
  let result = '';
  let done = 0;
  for (const { start, end, replacement } of edits.sort((a, b) => a.start - b.start)) {
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}
