import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OutsideEvidence } from '../../../../src/app/evidence/file-evidence.ts';
import { ProjectTypes } from '../../../../src/app/evidence/ProjectTypes.ts';
import { applyEdits } from '../../../../src/engine/edit.ts';
import type { OptimizeRequest } from '../../../../src/engine/optimize.ts';
import { optimizeText } from '../../../../src/engine/optimize-text.ts';
import { rules } from '../../../../src/rules/index.ts';
import { parser } from '../../engine/analyse.ts';

const installed = dirname(fileURLToPath(import.meta.resolve('typescript/package.json')));
let folder: string;
let types: ProjectTypes;

const shared = `
export interface Order { lines: number[]; tags?: string[]; by: Map<string, string[]> }
export declare function orders(): Order[];
export declare class Names extends Array<string> {}
export declare const mixed: string | string[];
export declare const branded: string[] & { brand: 1 };
export declare function own<T extends readonly number[]>(xs: T): T;
`;
const files = {
  'shared.ts': shared,
  'known.ts': `import { orders, own, type Order } from './shared.js';
export const one = (order: Order) => order.lines.slice(-1)[0];
export const all = () => orders().map((each) => each.lines.slice(-1)[0]);
export const generic = (xs: number[]) => own(xs).slice(-1)[0];
`,
  'unknown.ts': `import { mixed, branded, Names, orders } from './shared.js';
import { gone } from './gone.js';
export const either = mixed.slice(-1)[0];
export const brand = branded.slice(-1)[0];
export const subclass = new Names().slice(-1)[0];
export const optional = orders()[0].tags.slice(-1)[0];
export const chained = orders()[0]?.tags?.slice(-1)[0];
export const missing = gone.slice(-1)[0];
export const anything = (x: any) => x.slice(-1)[0];
`,
  'plain.js': `import { orders } from './shared.js';
export const one = orders()[0].lines.slice(-1)[0];
`,
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'booster-types-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(installed, join(folder, 'node_modules/typescript'));
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { target: 'ES2022', module: 'NodeNext', types: [] } }),
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  types = new ProjectTypes(
    folder,
    Object.keys(files).map((name) => join(folder, name)),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function optimized(name: keyof typeof files, text: string = files[name]) {
  const language = name.endsWith('.ts') ? 'typescript' : 'javascript';
  const plain: OptimizeRequest = { text, language, level: 'safe', rules: ['slice-index'] };
  const run = (request: OptimizeRequest) => Promise.resolve(optimizeText(request, rules, parser));
  const request = await new OutsideEvidence(types, undefined).complete(plain, join(folder, name), run);
  const result = optimizeText(request, rules, parser);
  return { code: applyEdits(text, result.edits), findings: result.findings, request };
}

describe('types of the project', () => {
  it('say what imported types, results and type parameters are', async () => {
    const { code, findings } = await optimized('known.ts');
    expect(code.match(/\.at\(-1\)/g)).toHaveLength(3);
    expect(findings[0]?.evidence).toContain('order.lines is an array (TypeScript: number[])');
  });

  it('leave open what may be missing, another kind, a class of its own, or any', async () => {
    expect((await optimized('unknown.ts')).code).toBe(files['unknown.ts']);
  });

  it('are not asked for JavaScript, where they are guesses', async () => {
    const { code, request } = await optimized('plain.js');
    expect([code, request.types]).toEqual([files['plain.js'], undefined]);
  });

  it('say nothing about a text that is not the one on disk', async () => {
    const text = `\n${files['known.ts']}`;
    expect((await optimized('known.ts', text)).code).toBe(text);
  });

  it('are refused where the project has no TypeScript', () => {
    expect(() => new ProjectTypes('/', [])).toThrow(expect.objectContaining({ code: 'E_TYPES_UNAVAILABLE' }));
  });
});
