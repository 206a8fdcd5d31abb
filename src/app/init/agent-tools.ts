import { callsBooster, ownFile } from './init-wish.ts';
import type { InitProject, InitTool, Wish } from './init-wish.ts';
import { jsonWish } from './json-wish.ts';
import { opencodePlugin } from './opencode-plugin.ts';
import { profileText } from './profile-text.ts';

const program = 'node_modules/.bin/booster hook';
/** Seconds; booster itself gives up after two. */
const timeout = 10;
const what = 'booster hook after each edit';
const present = callsBooster.hook;

/** A format without versions: a file that names one is of another. */
const unversioned = { version: undefined };

/** Hook settings in JSON: one entry in the list of the event that follows an edit. */
function hookWish(path: string, at: readonly string[], item: object, head?: Readonly<Record<string, unknown>>): Wish {
  return jsonWish({ path, what, at, item, present, ...(head && { head }) });
}

function anyOf(...paths: readonly string[]): InitTool['find'] {
  return ({ has }: InitProject) => paths.find(has);
}

/** Coding agents. Where their settings lie and what they hold is theirs: see docs/agents.md. */
export const agentTools: readonly InitTool[] = [
  {
    id: 'claude',
    title: 'Claude Code',
    find: anyOf('.claude', 'CLAUDE.md'),
    wishes: () => [
      hookWish('.claude/settings.json', ['hooks', 'PostToolUse'], {
        matcher: 'Edit|Write|MultiEdit',
        // without --agent: Cursor and Copilot read this file, too
        hooks: [{ type: 'command', command: `"$CLAUDE_PROJECT_DIR"/${program}`, timeout, statusMessage: 'booster' }],
      }),
      ownFile('.claude/agents/code-booster.md', 'agent profile', profileText),
    ],
  },
  {
    id: 'codex',
    title: 'Codex',
    find: anyOf('.codex'),
    wishes: () => [
      hookWish(
        '.codex/hooks.json',
        ['hooks', 'PostToolUse'],
        {
          matcher: 'apply_patch|Edit|Write',
          hooks: [{ type: 'command', command: `"$(git rev-parse --show-toplevel)"/${program}`, timeout }],
        },
        unversioned,
      ),
    ],
  },
  {
    id: 'gemini',
    title: 'Gemini CLI',
    find: anyOf('.gemini', 'GEMINI.md'),
    wishes: () => [
      hookWish('.gemini/settings.json', ['hooks', 'AfterTool'], {
        matcher: 'write_file|replace',
        hooks: [
          {
            ...{ name: 'booster', type: 'command', command: `"$GEMINI_PROJECT_DIR"/${program}` },
            timeout: timeout * 1000, // milliseconds there
          },
        ],
      }),
    ],
  },
  {
    id: 'copilot',
    title: 'Copilot',
    find: anyOf('.github/copilot-instructions.md', '.github/hooks', '.github/copilot'),
    wishes: () => [
      hookWish(
        '.github/hooks/booster.json',
        ['hooks', 'postToolUse'],
        {
          ...{
            type: 'command',
            matcher: 'edit|create|str_replace|str_replace_editor|apply_patch|git_apply_patch',
            bash: program,
          },
          ...{ powershell: String.raw`node_modules\.bin\booster.cmd hook`, timeoutSec: timeout },
        },
        { version: 1 },
      ),
    ],
  },
  {
    id: 'cursor',
    title: 'Cursor',
    find: anyOf('.cursor', '.cursorrules'),
    wishes: () => [
      hookWish(
        '.cursor/hooks.json',
        ['hooks', 'postToolUse'],
        // a new file, part of one, a patch; older versions call them Edit
        { command: program, matcher: 'Write|StrReplace|ApplyPatch|Edit|MultiEdit', timeout },
        { version: 1 },
      ),
    ],
  },
  {
    id: 'windsurf',
    title: 'Windsurf',
    find: anyOf('.windsurf', '.windsurfrules'),
    wishes: () => [
      hookWish(
        '.windsurf/hooks.json',
        ['hooks', 'post_write_code'],
        { command: program, show_output: true },
        unversioned,
      ),
    ],
  },
  {
    id: 'opencode',
    title: 'opencode',
    find: anyOf('.opencode', 'opencode.json', 'opencode.jsonc'),
    wishes: () => [ownFile('.opencode/plugins/booster.js', what, opencodePlugin)],
  },
];
