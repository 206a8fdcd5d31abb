// Child of bench-optimize.mjs: lints the working directory with lint-tree-config.mjs. Prints what it did as JSON.
// Argument: ESLint's `concurrency`, `off` or `auto`.
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';

const eslint = new ESLint({
  overrideConfigFile: fileURLToPath(new URL('lint-tree-config.mjs', import.meta.url)),
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
