// the bundles have a createRequire of their own at their head
import { createRequire as requireBeside } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';
import { BoosterError } from '../../shared/errors.ts';

/**
 * The TypeScript that a folder's code would get.
 * @param asker for messages: what needs it
 * @throws BoosterError E_TYPES_UNAVAILABLE when there is none, or none with a checker that can be asked
 */
export function loadTypeScript(folder: string, asker: string): typeof ts {
  let loaded: Partial<typeof ts>;
  try {
    loaded = requireBeside(join(folder, 'package.json'))('typescript') as Partial<typeof ts>;
  } catch (error) {
    const message = `${asker}: ${folder} has no TypeScript that could be asked`;
    throw new BoosterError('E_TYPES_UNAVAILABLE', message, { cwd: folder }, error);
  }
  if (typeof loaded.createProgram === 'function') return loaded as typeof ts;
  const message = `${asker}: TypeScript ${loaded.version ?? ''} of this project has no checker that another program can ask`;
  throw new BoosterError('E_TYPES_UNAVAILABLE', message, { cwd: folder });
}
