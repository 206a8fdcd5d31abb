import ts from 'typescript';

const options = { allowJs: true, checkJs: true, noLib: true, noResolve: true, types: [], jsx: ts.JsxEmit.Preserve };

/** Cannot find name; the same with a proposal; no value for a shorthand property. */
const unknownName = new Set([2304, 2552, 18004]);

/** `await` outside of an async function. */
const strayAwait = 1308;

/**
 * What one file has of its own that no program has: how many syntax errors, and which names it uses that nothing in it defines
 * (globals among them, as no library is read).
 */
function faultsOf(path, text) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const host = {
    getSourceFile: (name) => (name === path ? source : undefined),
    getDefaultLibFileName: () => '',
    writeFile() {},
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => name === path,
    readFile: () => undefined,
  };
  const program = ts.createProgram([path], options, host);
  const found = program.getSemanticDiagnostics(source);
  const names = found
    .filter(({ code }) => unknownName.has(code))
    .map(({ start, length }) => text.slice(start, start + length));
  const stray = found.filter(({ code }) => code === strayAwait);
  return { syntax: program.getSyntacticDiagnostics(source).length + stray.length, unknown: new Set(names) };
}

/** Of the older files, each of which has many cases. */
const known = new Map();

/**
 * Whether a part of the difference between two versions is no edit that anybody sends, because the rest of it is missing: the file
 * would have a syntax error more, or use a name that it no longer defines.
 */
export function isBrokenTarget(path, before, after) {
  const had = known.get(before) ?? known.set(before, faultsOf(path, before)).get(before);
  const has = faultsOf(path, after);
  if (has.syntax > had.syntax) return true;
  return [...has.unknown].some(
    (name) => !had.unknown.has(name) && new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`).test(before),
  );
}

function escaped(name) {
  return name.replaceAll('$', '\\$');
}
