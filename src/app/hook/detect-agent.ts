import type { Fields } from './fields.ts';
import type { HookAgent } from './hook-event.ts';

/** Variables that agents set for what they run, for events that do not show where they come from. */
const environmentMarks: readonly (readonly [string, HookAgent])[] = [
  ['CODEX_THREAD_ID', 'codex'],
  ['CODEX_SANDBOX', 'codex'],
  ['GEMINI_CLI', 'gemini'],
  ['CURSOR_AGENT', 'cursor'],
  ['COPILOT_CLI', 'copilot'],
  ['OPENCODE', 'opencode'],
  ['CLAUDECODE', 'claude'],
];

/**
 * Whose event this is, by the fields that only one agent has. The order matters: Cursor, Codex and Copilot also send what
 * looks like an event of Claude Code, with more in it. `undefined` when nothing tells.
 */
export function detectAgent(event: Fields, env: Readonly<Record<string, string | undefined>>): HookAgent | undefined {
  if (event.has('agent_action_name')) return 'windsurf';
  if (event.has('cursor_version') || event.has('workspace_roots')) return 'cursor';
  if (event.has('turn_id') && event.has('model')) return 'codex';
  const name = event.text('hook_event_name');
  if (name === 'AfterTool') return 'gemini';
  // VS Code names the event in camel case and answers to Claude Code's words; Copilot's own camel case names no event
  if (event.has('hookEventName')) return 'claude';
  if (event.has('toolName') || event.has('tool_result')) return 'copilot';
  if (event.has('callID') && event.has('tool')) return 'opencode';
  if (event.has('tool_use_id')) return 'claude';
  const marked = environmentMarks.find(([variable]) => (env[variable] ?? '') !== '');
  if (marked !== undefined) return marked[1];
  return name === 'PostToolUse' ? 'claude' : undefined;
}
