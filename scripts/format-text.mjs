import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'oxfmt';

const root = fileURLToPath(new URL('..', import.meta.url));
const settings = readFile(join(root, '.oxfmtrc.json'), 'utf8').then(JSON.parse);

/** The text as `npm run format` would leave it in a file of that name. */
export async function formatText(name, text) {
  const options = { ...(await settings), ignorePatterns: undefined };
  const { code, errors } = await format(name, text, options);
  if (errors.length > 0)
    throw new Error(`${name} could not be formatted: ${errors.map(({ message }) => message).join('; ')}`);
  return code;
}
