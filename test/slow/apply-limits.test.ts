import { describe, expect, it } from 'vitest';
import { apply } from '../../bench/apply-adapter.mjs';
import { applyEdit } from '../../src/index.ts';
import { limitCases } from '../../scripts/apply-limits.mjs';

interface LimitCase {
  readonly extension: string;
  readonly kind: string;
  readonly code: string;
  readonly edit: string;
  readonly expected: string;
  readonly filename: string;
}

// How long each takes is measured by `npm run bench -- apply`; here only the deadlines of the tool itself count.
describe('an edit of a file of a megabyte', () => {
  it.each([...(limitCases() as Iterable<LimitCase>)].map((one) => [one.extension, one.kind, one] as const))(
    'of %s, %s, gives the wanted file or is refused',
    async (_, __, { code, edit, expected, filename }) => {
      const { ok, output } = (await apply({ code, edit, path: filename })) as { ok: boolean; output: string };
      expect(output === (ok ? expected : code)).toBe(true);
    },
    120_000,
  );
});

describe('garbage that is dear to parse', () => {
  it.each([
    ['steps.js', '/ a / b /= '.repeat(60_000)],
    ['steps.cpp', `)"${']\n*'.repeat(8_600)}`],
    ['steps.go', `(${',,,*/'.repeat(3_200)}`],
    ['steps.rs', 'let a = r#"x;\n'.repeat(60_000)],
  ])(
    'in %s ends with a refusal or the wanted file',
    async (path, garbage) => {
      const code = `first\n${garbage}\nlast line of it\n`;
      const marker = '// ... existing code ...\n';
      const { ok, output } = (await apply({ code, edit: `${marker}last line of all\n`, path })) as {
        ok: boolean;
        output: string;
      };
      expect([code, code.replace('last line of it', 'last line of all'), `${code}last line of all\n`]).toContain(
        output,
      );
      expect(ok).toBe(output !== code);
    },
    120_000,
  );

  // a clock would say E_TASK_TIMEOUT: these end by the count of what the parser does
  it.each([
    ['steps.cpp', `)"${']\n*'.repeat(8_600)}`],
    ['steps.go', `(${',,,*/'.repeat(3_200)}`],
    ['long.go', `(${',,,*/'.repeat(180_000)}`],
    ['long.cpp', `)"${']\n*'.repeat(330_000)}`],
  ])(
    'in %s is too much for the parser on any machine',
    async (filename, garbage) => {
      const code = `first\n${garbage}\nlast line of it\n`;
      const result = await applyEdit({ code, edit: '// ... existing code ...\nlast line of all\n', filename });
      const { fellBack } = result.status === 'refused' ? result.refusal : result;
      expect(fellBack?.code).toBe('E_FILE_TOO_LARGE');
    },
    120_000,
  );
});
