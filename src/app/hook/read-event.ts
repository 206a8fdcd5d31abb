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

/** Tools that change files, of all agents; of their names only the letters, in lower case (`apply_patch` is also `ApplyPatch`). */
const editTools: ReadonlySet<string> = new Set([
  'edit',
  'editfile',
  'editfiles',
  'write',
  'writefile',
  'multiedit',
  'applypatch',
  'gitapplypatch',
  'patch',
  'replace',
  'create',
  'createfile',
  'insert',
  'strreplace',
  'strreplaceeditor',
  'replacestringinfile',
  'multireplacestringinfile',
  'inserteditintofile',
  // what VS Code calls some of them in its own list of tools
  'copilotapplypatch',
  'copilotcreatefile',
  'copiloteditfile',
  'copilotinsertedit',
  'copilotmultireplacestring',
  'copilotreplacestring',
  'vscodeeditfileinternal',
]);

/** More files than that in one event are not looked at: the time would not do. */
const maximumFiles = 20;

/** Reads an event of a known agent. What is not an edit, or not understood, has no files. */
export function readEvent(agent: HookAgent, event: Fields): HookEvent {
  const cwd = event.text('cwd');
  const workspace = event.fields('tool_info').text('workspace_path');
  const roots = [...event.texts('workspace_roots'), ...(workspace === undefined ? [] : [workspace])];
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
  return editTools.has(tool.toLowerCase().replace(/[^a-z]/g, ''));
}

function hasFailed(event: Fields): boolean {
  const result = event.has('toolResult') ? event.fields('toolResult') : event.fields('tool_result');
  const kind = result.text('resultType', 'result_type');
  if (kind !== undefined && kind !== 'success') return true;
  const response = responseOf(event);
  return response.has('error') && !response.isNull('error');
}

function filesOf(event: Fields): EditedFile[] {
  const input = inputOf(event);
  const patch =
    input.text('command', 'patch', 'input', 'patchText') ?? event.text('tool_input', 'toolInput', 'toolArgs');
  if (patch?.includes('*** Begin Patch') === true) return readPatchedFiles(patch);
  const path = pathOf(input) ?? event.text('file_path');
  if (path !== undefined) return path === '' ? [] : [{ path, before: toldBefore(input, responseOf(event), event) }];
  const several = severalFiles(input);
  if (several.length > 0) return several;
  const listed = ['files', 'file_paths', 'filePaths'].flatMap((name) => [...input.texts(name), ...event.texts(name)]);
  return listed.map((each) => ({ path: each, before: { kind: 'untold' } }));
}

/** Replacements that each name their file. */
function severalFiles(input: Fields): EditedFile[] {
  const byPath = new Map<string, Replacement[]>();
  for (const each of [...input.list('replacements'), ...input.list('edits')]) {
    const path = pathOf(each) ?? '';
    if (path !== '') byPath.set(path, [...(byPath.get(path) ?? []), ...replacementOf(each)]);
  }
  return [...byPath].map(([path, replacements]) => ({
    path,
    before: replacements.length === 0 ? { kind: 'untold' } : { kind: 'replacements', replacements },
  }));
}

function pathOf(fields: Fields): string | undefined {
  return fields.text('file_path', 'filePath', 'path', 'filepath', 'absolute_path');
}

function inputOf(event: Fields): Fields {
  const names = ['tool_input', 'toolInput', 'toolArgs', 'tool_info', 'args'];
  const name = names.find((each) => event.has(each));
  return name === undefined ? event : event.fields(name);
}

function responseOf(event: Fields): Fields {
  return event.fields(event.has('toolResponse') ? 'toolResponse' : 'tool_response');
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
  const own = [...input.list('edits'), ...input.list('replacements')];
  const several = own.length > 0 ? own : event.list('edits');
  return (several.length > 0 ? several : [input]).flatMap(replacementOf);
}

function replacementOf(edit: Fields): Replacement[] {
  const before = edit.text('old_string', 'oldString', 'old_str');
  const after = edit.text('new_string', 'newString', 'new_str');
  if (before === undefined || after === undefined) return [];
  const isEverywhere = edit.isTrue('replace_all', 'replaceAll');
  return [{ before, after, ...(isEverywhere ? { isEverywhere } : {}) }];
}
