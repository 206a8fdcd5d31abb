import { describe, expect, it } from 'vitest';
import { readPatchFiles } from '../../../../../src/engine/merge/explicit/read-patch-files.ts';

const hunk = '@@ -1 +1 @@\n-a\n+b\n';

describe('readPatchFiles', () => {
  it('splits a diff by file and drops what stands between', () => {
    const diff = (path: string): string =>
      `diff --git a/${path} b/${path}\nindex 12..34 100644\n--- a/${path}\n+++ b/${path}\n${hunk}`;
    expect(readPatchFiles(diff('x.ts') + diff('d/y z.ts'))).toEqual([
      { path: 'x.ts', edit: `--- a/x.ts\n+++ b/x.ts\n${hunk}` },
      { path: 'd/y z.ts', edit: `--- a/d/y z.ts\n+++ b/d/y z.ts\n${hunk}` },
    ]);
  });

  it('reads paths without prefixes, with times and in quotes', () => {
    const paths = (before: string, after: string): unknown => readPatchFiles(`--- ${before}\n+++ ${after}\n${hunk}`);
    expect(paths('x.ts\t2026-01-01', 'x.ts\t2026-01-02')).toMatchObject([{ path: 'x.ts' }]);
    expect(paths('"a/\\303\\244 \\"x\\".ts"', '"b/\\303\\244 \\"x\\".ts"')).toMatchObject([{ path: 'ä "x".ts' }]);
  });

  it('joins the parts of one file', () => {
    const part = `--- a/x\n+++ b/x\n${hunk}`;
    expect(readPatchFiles(part + part)).toEqual([{ path: 'x', edit: `--- a/x\n+++ b/x\n${hunk}${hunk}` }]);
  });

  it('splits a patch by file', () => {
    const patch =
      '*** Begin Patch\n*** Update File: x.ts\n@@\n-a\n+b\n*** Update File: y.ts\n@@\n-c\n+d\n*** End Patch\n';
    expect(readPatchFiles(patch)).toEqual([
      { path: 'x.ts', edit: '*** Begin Patch\n*** Update File: x.ts\n@@\n-a\n+b\n*** End Patch\n' },
      { path: 'y.ts', edit: '*** Begin Patch\n*** Update File: y.ts\n@@\n-c\n+d\n*** End Patch\n' },
    ]);
  });

  it('splits blocks by the file name above them', () => {
    const block = '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n';
    expect(readPatchFiles(`src/x.ts\n\`\`\`ts\n${block}\`\`\`\n\n**src/y.ts**\n${block}${block}`)).toEqual([
      { path: 'src/x.ts', edit: block },
      { path: 'src/y.ts', edit: block + block },
    ]);
  });

  it('reads through an outer fence', () => {
    expect(readPatchFiles(`\`\`\`diff\n--- a/x\n+++ b/x\n${hunk}\`\`\`\n`)).toMatchObject([{ path: 'x' }]);
  });

  it.each(['function a() {}\n', '@@ -1 +1 @@\n-a\n+b\n', '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n', ''])(
    'finds no file named in %j',
    (edit) => {
      expect(readPatchFiles(edit)).toEqual([]);
    },
  );

  it.each([
    `--- /dev/null\n+++ b/x\n${hunk}`,
    `--- a/x\n+++ /dev/null\n${hunk}`,
    `--- a/x\n+++ b/y\n${hunk}`,
    `diff --git a/x b/y\nrename from x\nrename to y\n`,
    'diff --git a/x b/x\nBinary files a/x and b/x differ\n',
    'diff --git a/x b/x\nnew file mode 100644\n',
    '*** Begin Patch\n*** Delete File: x\n*** End Patch\n',
    '*** Begin Patch\n*** Update File: x\n*** Move to: y\n@@\n-a\n+b\n*** End Patch\n',
  ])('refuses %j', (edit) => {
    expect(readPatchFiles(edit)).toMatchObject({ status: 'refused', code: 'E_APPLY_FILE_OPERATION' });
  });
});
