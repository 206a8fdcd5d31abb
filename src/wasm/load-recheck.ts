import { existsSync } from 'node:fs';
// the bundles have a createRequire of their own at their head
import { createRequire as requireBeside } from 'node:module';
import { fileURLToPath } from 'node:url';
import { BoosterError } from '../shared/errors.ts';

/** What is used of the vendored checker (npm package recheck). */
export interface Recheck {
  checkSync(
    source: string,
    flags: string,
    options: { readonly timeout: number; readonly checker: 'automaton' },
  ): Diagnostics;
}

interface Diagnostics {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  readonly complexity?: { readonly type: string; readonly degree?: number };
  readonly attack?: Attack;
  readonly hotspot?: readonly { readonly start: number; readonly end: number; readonly temperature: string }[];
}

/** The text of an attack: all pumps as often as wanted, then the suffix. */
export interface Attack {
  readonly pattern: string;
  readonly base: number;
  readonly suffix: string;
  readonly pumps: readonly { readonly prefix: string; readonly pump: string; readonly bias: number }[];
}

/** Loads the vendored checker, which takes 0.1 to 0.3 s: only files with a suspicious pattern need it. @throws BoosterError `E_WASM_LOAD` */
export function loadRecheck(): Recheck {
  const isSource = /\/src\/wasm\/[^/]+$/.test(import.meta.url);
  const path = fileURLToPath(new URL(isSource ? '../../vendor/recheck/recheck.cjs' : './recheck.cjs', import.meta.url));
  if (!existsSync(path)) throw new BoosterError('E_WASM_LOAD', `a file of the package is missing: ${path}`, { path });
  return requireBeside(import.meta.url)(path) as Recheck;
}
