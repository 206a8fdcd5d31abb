import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from './read-source.ts';

/** Text of a profile, or why it cannot be read. */
export interface ProfileFile {
  /** Absolute. */
  readonly path: string;
  readonly text?: string;
  readonly problem?: string;
}

/** A profile is a page or two; a larger one is something else. */
const maximumBytes = 262_144;

/** The files of `.claude/agents` in a project, by name; none when there is no such folder. */
export function agentProfileFiles(projectFolder: string): readonly ProfileFile[] {
  const folder = join(projectFolder, '.claude', 'agents');
  return namesIn(folder).map((name) => readProfile(join(folder, name)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.md'))
      .sort();
  } catch {
    return [];
  }
}

function readProfile(path: string): ProfileFile {
  try {
    return { path, text: readSource(path, { maximumBytes }).text };
  } catch (error) {
    return { path, problem: error instanceof Error ? error.message : String(error) };
  }
}
