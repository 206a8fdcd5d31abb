import { none } from '../../engine/ast.ts';
import { defineDetector, type DetectorContext } from '../../engine/analysis/detector.ts';

/** Packages that load as a whole, and how to load a part. */
const packages: Readonly<Record<string, string>> = {
  lodash: "import the function alone, e.g. 'lodash/debounce'",
  underscore: "import the function alone from 'underscore/modules/…'",
  'aws-sdk': "use the client package of the one service, '@aws-sdk/client-…'",
};

/** With more functions of a package, loading it as a whole is no mistake. */
const fewNames = 3;

export default defineDetector({
  meta: {
    id: 'heavy-import',
    group: 'loading',
    summary: 'a large package is loaded as a whole for one to three of its functions',
    why:
      'All of the package is read, compiled and kept in memory at the start, and goes into bundles, as it is no tree of modules that a ' +
      'bundler could shake. booster does not rewrite it: the part may be another version, or not be installed.',
    since: '0.1.0',
    level: 'info',
    complexity: { before: 'loads the package', after: 'loads one function' },
    remedy: 'load the functions that are used from their own files, or write the one line that they stand for',
    example: {
      slow: ["import { debounce } from 'lodash';", 'export const later = debounce(() => {}, 100);', ''].join('\n'),
      better: ["import debounce from 'lodash/debounce.js';", 'export const later = debounce(() => {}, 100);', ''].join(
        '\n',
      ),
    },
    quiet: [
      'More than three of its functions are used, or the package as a whole is handed on.',
      'Only types are imported.',
      'The package is none of lodash, underscore and aws-sdk: others can be shaken, or are small.',
    ],
  },
  triggers: Object.keys(packages),
  find(ctx) {
    const { ast } = ctx;
    for (const node of ast.ofKind('ImportDeclaration')) look(ctx, node);
  },
});

function look(ctx: DetectorContext, node: number): void {
  const { ast } = ctx;
  const name = ast.value(ast.child(node, 'source'));
  if (!Object.hasOwn(packages, name) || ast.has(node, 'typeOnly')) return;
  const used = new Set<string>();
  for (const specifier of ast.list(node, 'specifiers')) {
    if (ast.has(specifier, 'typeOnly')) continue;
    const names = ast.is(specifier, 'ImportSpecifier')
      ? [ast.value(ast.child(specifier, 'imported'))]
      : membersOf(ctx, specifier);
    // handed on as a whole
    if (names === undefined) return;
    for (const one of names) used.add(one);
  }
  if (used.size === 0 || used.size > fewNames) return;
  ctx.report({
    node,
    message: `${name} is loaded as a whole for ${[...used].join(', ')}`,
    confidence: 'likely',
    confidenceReason: 'the package has one file; whether other code loads it anyway is not known',
    remedy: packages[name] ?? '',
    evidence: [`nothing else of ${name} is used in this file`],
  });
}

/** Members that are used of a default or namespace import; `undefined` when it is used in another way. */
function membersOf({ ast, scope }: DetectorContext, specifier: number): string[] | undefined {
  const binding = scope.bindingOf(ast.child(specifier, 'local'));
  const names: string[] = [];
  for (const { node, init } of binding?.references ?? []) {
    if (init) continue;
    const member = ast.parent(node);
    const property = ast.child(member, 'property');
    const isMember = ast.is(member, 'MemberExpression') && ast.field(node) === 'object' && !ast.has(member, 'computed');
    if (!isMember || property === none) return undefined;
    names.push(ast.value(property));
  }
  return names;
}
