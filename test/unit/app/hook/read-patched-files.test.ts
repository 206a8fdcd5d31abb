import { expect, it } from 'vitest';
import { readPatchedFiles } from '../../../../src/app/hook/read-patched-files.ts';

it('reads the files of a patch that are there after it, under their new names, with what stood in them before', () => {
  const patch = `*** Begin Patch
*** Add File: new.ts
+const a = 1;
*** Update File: src/a.ts
*** Move to: src/b.ts
@@ function f() {
 one
-two
+three

 four
@@
-gone
*** Delete File: old.ts
*** End Patch`;
  expect(readPatchedFiles(patch)).toEqual([
    { path: 'new.ts', before: { kind: 'created' } },
    {
      path: 'src/b.ts',
      before: {
        kind: 'replacements',
        replacements: [
          { before: 'one\ntwo\n\nfour', after: 'one\nthree\n\nfour' },
          { before: 'gone', after: '' },
        ],
      },
    },
  ]);
});
