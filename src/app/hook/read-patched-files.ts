import type { EditedFile, Replacement } from './hook-event.ts';

const header = /^\*\*\* (Add|Update|Delete) File: (.+)$/;
const moveHeader = /^\*\*\* Move to: (.+)$/;

/** The files of a `*** Begin Patch` text that are there after it, with what it replaced in them. */
export function readPatchedFiles(patch: string): EditedFile[] {
  const files: EditedFile[] = [];
  let section: Section | undefined;
  const end = (): void => {
    if (section !== undefined && section.kind !== 'Delete') files.push(fileOf(section));
    section = undefined;
  };
  for (const line of patch.split(/\r?\n/)) {
    const [, kind, path] = header.exec(line) ?? [];
    const [, target] = moveHeader.exec(line) ?? [];
    if (kind !== undefined && path !== undefined) {
      end();
      section = { kind, path: path.trim(), hunks: [[]] };
    } else if (line.startsWith('*** End Patch')) end();
    else if (section !== undefined && target !== undefined) section.path = target.trim();
    else if (line.startsWith('@@')) section?.hunks.push([]);
    else section?.hunks.at(-1)?.push(line);
  }
  end();
  return files;
}

interface Section {
  readonly kind: string;
  path: string;
  readonly hunks: string[][];
}

function fileOf({ kind, path, hunks }: Section): EditedFile {
  if (kind === 'Add') return { path, before: { kind: 'created' } };
  const replacements = hunks.filter((lines) => lines.some((line) => /^[+-]/.test(line))).map(replacementOf);
  return { path, before: { kind: 'replacements', replacements } };
}

/** An empty line stands for an empty line of context, which some agents send without its space. */
function replacementOf(lines: readonly string[]): Replacement {
  const side = (mark: string): string =>
    lines
      .filter((line) => line === '' || line.startsWith(' ') || line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  return { before: side('-'), after: side('+') };
}
