// Packages of test/corpus/package.json that bring their tests along. `sources` are rewritten (folders: the JavaScript and
// TypeScript in them, tests left out); `tests` says who runs which files; nothing of it needs a network but loopback.

/** @typedef {{ name: string, sources: string[], tests: { runner: string, args: string[] }, onlyNamed?: boolean }} CorpusPackage */

const mocha = (...args) => ({ runner: 'mocha', args });
const tap = (folder) => ({ runner: 'tap', args: [folder] });

/** @type {readonly CorpusPackage[]} */
export const packages = [
  { name: 'cheerio', sources: ['index.js', 'lib'], tests: mocha('--require', 'expect.js', 'test/*.js', 'test/api') },
  { name: 'domutils', sources: ['index.js', 'lib'], tests: mocha('test/tests/**.js') },
  { name: 'jsonpath', sources: ['index.js', 'lib'], tests: mocha('-u', 'tdd', 'test') },
  { name: 'later', sources: ['later.js', 'src'], tests: mocha('test/**/*-test.js') },
  // beside it lie halves of files, which are no programs
  { name: 'less', sources: ['lib/less'], tests: { runner: 'less', args: ['test/index.js'] } },
  // multilevel_spec needs a package that is not there
  {
    name: 'levelgraph',
    sources: ['lib'],
    tests: mocha('--ignore', 'test/memdb/multilevel_spec.js', 'test/memdb/*_spec.js'),
  },
  {
    name: 'lunr',
    sources: ['lunr.js'],
    tests: mocha('-u', 'tdd', '-r', 'test/test_helper.js', 'test/*_test.js'),
  },
  { name: 'module-deps', sources: ['index.js'], tests: tap('test') },
  {
    name: 'moment',
    sources: ['moment.js', 'lang'],
    tests: { runner: 'nodeunit', args: ['test/moment', 'test/lang'] },
  },
  // the two left out look for the package by NODE_PATH
  {
    name: 'natural',
    sources: ['lib'],
    tests: { runner: 'jasmine', args: ['spec/!(classifier|porter_stemmer_it)_spec.js'] },
  },
  { name: 'nedb', sources: ['index.js', 'lib'], tests: mocha('--timeout', '20000', 'test/*.test.js') },
  { name: 'numeral', sources: ['numeral.js', 'locales.js', 'locales'], tests: mocha('tests/**/*.js') },
  { name: 'pathfinding', sources: ['index.js', 'src'], tests: mocha('-r', 'should', 'test/*.js') },
  { name: 'qs', sources: ['lib'], tests: tap('test') },
  { name: 'rdfstore', sources: ['src'], tests: { runner: 'jasmine', args: ['spec/*_spec.js'] } },
  { name: 'traverse', sources: ['index.js'], tests: tap('test') },
  // takes longer than all others together, and test/slow/behaviour.test.ts runs the same tests
  { name: 'zod', sources: ['src'], tests: { runner: 'vitest', args: [] }, onlyNamed: true },
];

/** Why a rewrite at level aggressive fails a test, by package and rule: what the rule takes for granted and the test denies. */
export const explanations = {};
