import { describe, expect, it } from 'vitest';
import { loadModule, typeErrors } from './judge-code.ts';
import { validatorOfType } from './type-input.ts';

const types = `import type { Other } from './other.js';

export enum Role { Admin = 'admin', Reader = 'reader' }

export interface User {
  id: number;
  /**
   * @minLength 1
   */
  name: string;
  role?: Role;
  tags: readonly string[];
  pair: [string, number?];
  friends?: User[];
  other: Other;
}
`;
const other = `interface Hidden { h: number; next?: Hidden }
export interface Other { o: Hidden }
`;

describe('a validator of a TypeScript type', () => {
  it('imports the type, guards it, and needs nothing at run time', async () => {
    const { files, evidence } = await validatorOfType(types, 'User', { 'other.ts': other });
    const { contents } = files[0]!;
    const use = `import { validateUser } from './user.validator.ts';
export const nameOf = (value: unknown): string => (validateUser(value) ? value.name + (value.role ?? '') : '');
`;
    expect(typeErrors({ 'types.ts': types, 'other.ts': other, 'user.validator.ts': contents, 'use.ts': use })).toEqual(
      [],
    );
    expect(contents).toContain("import type { User } from './types.js';\n\nexport type { User };");
    expect(contents).not.toMatch(/part\d+-|node_modules/);
    expect(evidence.join()).not.toContain('may be refused');
    const validateUser = (await loadModule(contents.replace(/^import type .*$/m, '')))['validateUser']!;
    const good = { id: 1, name: 'x', role: 'admin', tags: ['a'], pair: ['a'], other: { o: { h: 1, next: { h: 2 } } } };
    expect(validateUser(good)).toBe(true);
    const bad = [{ name: '' }, { role: 'Admin' }, { tags: [1] }, { pair: [] }, { other: { o: { h: 1, next: {} } } }];
    expect([...bad, { friends: [{}] }].map((part) => validateUser({ ...good, ...part }))).toEqual(
      Array.from({ length: 6 }, () => false),
    );
  });

  it('is refused where a value would not have the type', async () => {
    const text = 'export interface User {\n  name: string;\n  later?: (() => void)[];\n}\n';
    await expect(validatorOfType(text, 'User')).rejects.toMatchObject({
      code: 'E_GENERATE_INPUT',
      message: 'types.ts:3:3: User.later[] is a function, which JSON has not',
    });
  });
});
