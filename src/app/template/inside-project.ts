import { dirname, join } from 'node:path';
import { isTaken } from '../../files/new-file.ts';
import { realPath } from '../../files/real-path.ts';
import { isInside } from '../../files/template-folder.ts';
import { BoosterError } from '../../shared/errors.ts';

/** Folders in which a template has no business, at any depth. */
const closed = new Set(['.git', '.booster', 'node_modules']);

/**
 * The absolute path that a template means, once it is sure that it lies in the project: also with all links followed, those of
 * folders that are there already, and of the file itself.
 *
 * @param root absolute
 * @throws BoosterError E_GENERATE_PATH
 */
export function insideProject(path: string, root: string, source: string): string {
  const refuse = (why: string): never => {
    const message = `${source}: ${JSON.stringify(path.slice(0, 200))} ${why}`;
    throw new BoosterError('E_GENERATE_PATH', message, { path: source });
  };
  // a colon is a drive or a stream of a file on Windows
  if (/[\p{Cc}\\:]/u.test(path)) refuse('has a character that paths of templates may not have (control, \\ or :)');
  if (path.startsWith('/')) refuse('is absolute: paths are relative to the project');
  const steps = path.split('/');
  if (steps.includes('..')) refuse('leads upwards: paths stay in the project');
  if (path.endsWith('/') || steps.some((step) => step === '' || step === '.')) refuse('is no plain path of a file');
  const shut = steps.find((step) => closed.has(step.toLowerCase()));
  if (shut !== undefined) refuse(`lies in ${shut}`);
  const absolute = join(root, ...steps);
  const realRoot = realPath(root) ?? root;
  const real = realPath(nearestThere(absolute, root));
  if (real === undefined) return refuse('leads to a link without an end');
  if (real !== realRoot && !isInside(real, realRoot)) refuse('leads out of the project by a link');
  const inner = real.slice(realRoot.length).split(/[/\\]/);
  const behind = inner.find((step) => closed.has(step.toLowerCase()));
  if (behind !== undefined) refuse(`leads into ${behind} by a link`);
  return absolute;
}

/** The path itself, or the nearest folder above it that is there; a link without an end counts as there. */
function nearestThere(path: string, root: string): string {
  let at = path;
  while (at !== root && !isTaken(at)) at = dirname(at);
  return at;
}
