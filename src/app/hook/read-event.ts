import type { Fields } from './fields.ts';
import type { EditedFile, HookAgent, HookEvent, Replacement, ToldBefore } from './hook-event.ts';
import { readPatchedFiles } from './read-patched-files.ts';

/** Names of events that follow an edit; events without a name are told by what they hold. */
const editEvents: ReadonlySet<string> = new Set([
  'PostToolUse',
  'postToolUse',
  'AfterTool',
  'afterFileEdit',
  'post_write_code',
  'tool.execute.after',
]);

/** Tools that change files, of all agents, in lower case. */
const editTools: ReadonlySet<string> = new Set([
  'edit',
  'write',
  'multiedit',
  'apply_patch',
  'patch',
  'write_file',
  'replace',
  'create',
  'create_file',
  'insert',
  'str_replace',
  'str_replace_editor',
  'replace_string_in_file',
  'multi_replace_string_in_file',
  'insert_edit_into_file',
]);

/** More files than that in one event are not looked at: the time would not do. */
const maximumFiles = 20;

/** Reads an event of a known agent. What is not an edit, or not understood, has no files. */
export function readEvent(agent: HookAgent, event: Fields): HookEvent {
  const cwd = event.text('cwd');
  const roots = event.texts('workspace_roots');
  const files = isEdit(event) ? filesOf(event).slice(0, maximumFiles) : [];
  return { agent, ...(cwd === undefined ? {} : { cwd }), roots, files };
}

function isEdit(event: Fields): boolean {
  const name = event.text('hook_event_name', 'hookEventName', 'agent_action_name');
  if (name !== undefined && !editEvents.has(name)) return false;
  if (hasFailed(event)) return false;
  const tool = event.text('tool_name', 'toolName', 'tool');
  // Cursor's afterFileEdit and Windsurf's post_write_code are about edits, whatever the tool
  if (tool === undefined) return name === 'afterFileEdit' || name === 'post_write_code';
  return editTools.has(tool.toLowerCase());
}

function hasFailed(event: Fields): boolean {
  const result = event.has('toolResult') ? event.fields('toolResult') : event.fields('tool_result');
  const kind = result.text('resultType', 'result_type');
  if (kind !== undefined && kind !== 'success') return true;
  const error = event.fields('tool_response');
  return error.has('error') && !error.isNull('error');
}

function filesOf(event: Fields): EditedFile[] {
  const input = inputOf(event);
  const patch = input.text('command', 'patch', 'input', 'patchText') ?? event.text('tool_input', 'toolArgs');
  if (patch?.includes('*** Begin Patch') === true) return readPatchedFiles(patch);
  const response = event.fields('tool_response');
  const path = input.text('file_path', 'filePath', 'path', 'filepath', 'absolute_path') ?? event.text('file_path');
  if (path !== undefined) return path === '' ? [] : [{ path, before: toldBefore(input, response, event) }];
  return [...input.texts('files'), ...event.texts('files')].map((each) => ({ path: each, before: { kind: 'untold' } }));
}

function inputOf(event: Fields): Fields {
  for (const name of ['tool_input', 'toolArgs', 'tool_info', 'args']) if (event.has(name)) return event.fields(name);
  return event;
}

function toldBefore(input: Fields, response: Fields, event: Fields): ToldBefore {
  const original = response.text('originalFile', 'original_file');
  if (original !== undefined) return { kind: 'text', text: original };
  if (response.text('type') === 'create') return { kind: 'created' };
  const hunks = response.list('structuredPatch').map(replacementOfHunk);
  const replacements = hunks.length > 0 ? hunks : replacementsOf(input, event);
  return replacements.length === 0 ? { kind: 'untold' } : { kind: 'replacements', replacements };
}

/** A hunk as the `diff` package has it: lines with ' ', '-', '+' in front. */
function replacementOfHunk(hunk: Fields): Replacement {
  const lines = hunk.texts('lines').filter((line) => !line.startsWith('\\'));
  const side = (mark: string): string =>
    lines
      .filter((line) => line.startsWith(' ') || line.startsWith(mark))
      .map((line) => line.slice(1))
      .join('\n');
  const line = hunk.integer('newStart');
  return { before: side('-'), after: side('+'), ...(line === undefined ? {} : { line }) };
}

function replacementsOf(input: Fields, event: Fields): Replacement[] {
  const several = [...input.list('edits'), ...input.list('replacements'), ...event.list('edits')];
  const edits = several.length > 0 ? several : [input];
  return edits.flatMap((edit) => {
    const before = edit.text('old_string', 'oldString', 'old_str');
    const after = edit.text('new_string', 'newString', 'new_str');
    if (before === undefined || after === undefined) return [];
    const isEverywhere = edit.isTrue('replace_all', 'replaceAll');
    return [{ before, after, ...(isEverywhere ? { isEverywhere } : {}) }];
  });
}
