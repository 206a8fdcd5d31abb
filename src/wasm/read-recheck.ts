import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BoosterError } from '../shared/errors.ts';

/** The vendored checker (npm package recheck) as a CommonJS text. @throws BoosterError `E_WASM_LOAD` */
export function readRecheck(): { readonly path: string; readonly text: string } {
  const isSource = /\/src\/wasm\/[^/]+$/.test(import.meta.url);
  const path = fileURLToPath(new URL(isSource ? '../../vendor/recheck/recheck.cjs' : './recheck.cjs', import.meta.url));
  if (!existsSync(path)) throw new BoosterError('E_WASM_LOAD', `a file of the package is missing: ${path}`, { path });
  return { path, text: readFileSync(path, 'utf8') };
}
