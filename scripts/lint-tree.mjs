// Child of bench-optimize.mjs and bench-analyze.mjs: lints the working directory. Prints what it did as JSON.
// Arguments: ESLint's `concurrency`, `off` or `auto`; the file of this folder that holds the rules (default: lint-tree-config.mjs).
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const eslint = new ESLint({
  overrideConfigFile: fileURLToPath(new URL(process.argv[3] ?? 'lint-tree-config.mjs', import.meta.url)),
  concurrency: process.argv[2],
  cache: false,
});
const results = await eslint.lintFiles(['.']);
const messages = results.flatMap((result) => result.messages);
console.log(
  JSON.stringify({
    files: results.length,
    notParsed: messages.filter(({ fatal }) => fatal).map(({ message }) => message),
    findings: messages.filter(({ ruleId }) => ruleId !== null).length,
  }),
);
