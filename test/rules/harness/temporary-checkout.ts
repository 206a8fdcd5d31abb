import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A copy of the sources with no rule but the template, removed when the test ends. */
export async function temporaryCheckout(): Promise<string> {
  const checkout = await mkdtemp(join(tmpdir(), 'booster-checkout-'));
  onTestFinished(() => rm(checkout, { recursive: true, force: true }));
  const isWanted = (path: string): boolean => {
    const [, folder, rule] = relative(root, path).split(/[\\/]/);
    return folder !== 'rules' || rule === undefined || ['_template', 'proof.ts'].includes(rule);
  };
  await cp(join(root, 'src'), join(checkout, 'src'), { recursive: true, filter: isWanted });
  for (const name of ['package.json', '.oxfmtrc.json']) await cp(join(root, name), join(checkout, name));
  for (const name of ['node_modules', 'vendor', 'assembly'])
    await symlink(join(root, name), join(checkout, name), 'junction');
  await mkdir(join(checkout, 'docs'));
  return checkout;
}
