import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BoosterError } from '../shared/errors.ts';

/** The WebAssembly files that booster ships, and where each lies before a build. */
const assets = {
  'parser.wasm32-wasi.wasm': 'vendor/oxc-parser/',
  'tree-table.wasm': 'assembly/',
  'agent_booster_wasm_bg.wasm': 'node_modules/agent-booster/wasm/',
  'web-tree-sitter.wasm': 'node_modules/web-tree-sitter/',
  'tree-sitter-javascript.wasm': 'node_modules/tree-sitter-javascript/',
  'tree-sitter-typescript.wasm': 'node_modules/tree-sitter-typescript/',
  'tree-sitter-tsx.wasm': 'node_modules/tree-sitter-typescript/',
  'tree-sitter-python.wasm': 'node_modules/tree-sitter-python/',
  'tree-sitter-go.wasm': 'node_modules/tree-sitter-go/',
  'tree-sitter-rust.wasm': 'node_modules/tree-sitter-rust/',
  'tree-sitter-java.wasm': 'node_modules/tree-sitter-java/',
  'tree-sitter-c.wasm': 'node_modules/tree-sitter-c/',
  'tree-sitter-cpp.wasm': 'node_modules/tree-sitter-cpp/',
} as const;

export type AssetName = keyof typeof assets;

/**
 * Absolute path of a WebAssembly file. Bundles in `dist` take it from `dist/wasm`; TypeScript sources take it from there
 * too and, before the first build, from where the build would copy it.
 * @param from URL of the asking file, for tests.
 * @throws BoosterError `E_WASM_LOAD` with the path when the file is missing.
 */
export function assetPath(name: AssetName, from: string = import.meta.url): string {
  const isSource = /\/src\/wasm\/[^/]+$/.test(from);
  const built = isSource ? `../../dist/wasm/${name}` : `./wasm/${name}`;
  const places = isSource ? [built, `../../${assets[name]}${name}`] : [built];
  const paths = places.map((place) => fileURLToPath(new URL(place, from)));
  const found = paths.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new BoosterError('E_WASM_LOAD', `WebAssembly file is missing: ${paths.join(' and ')}`, {
    path: paths[0],
    name,
  });
}
