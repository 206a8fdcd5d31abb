import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCode } from '../../../src/app/generate-code.ts';
import type { GeneratedCode } from '../../../src/app/run-generator.ts';

/** The validator of a type in a file of a project that has this project's TypeScript, with other files beside it. */
export async function validatorOfType(
  text: string,
  name: string,
  others: Readonly<Record<string, string>> = {},
): Promise<GeneratedCode> {
  const cwd = mkdtempSync(join(process.cwd(), 'node_modules', '.booster-types-'));
  try {
    for (const [path, content] of Object.entries({
      'tsconfig.json': '{"compilerOptions":{"strict":true,"module":"nodenext","lib":["es2023"],"types":[]}}',
      ...others,
    })) {
      writeFileSync(join(cwd, path), content);
    }
    const request = { generator: 'validator', input: text, inputName: 'types.ts', filename: 'user.validator.ts' };
    return await generateCode({ ...request, name, cwd });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
