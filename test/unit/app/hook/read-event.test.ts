import { describe, expect, it } from 'vitest';
import { detectAgent } from '../../../../src/app/hook/detect-agent.ts';
import { Fields } from '../../../../src/app/hook/fields.ts';
import { readEvent } from '../../../../src/app/hook/read-event.ts';

function filesOf(event: object): readonly { readonly path: string }[] {
  const fields = new Fields(event);
  return readEvent(detectAgent(fields, {}) ?? 'claude', fields).files;
}

function agentOf(event: object): string | undefined {
  return detectAgent(new Fields(event), {});
}

describe('the agent of an event', () => {
  it('is VS Code, which speaks as Claude Code does, when the event is named in camel case', () => {
    expect(agentOf({ hookEventName: 'PostToolUse', toolName: 'copilot_applyPatch', sessionId: 's' })).toBe('claude');
  });

  it("is Copilot when the tool is named in camel case and the event isn't", () => {
    expect(agentOf({ sessionId: 's', toolName: 'edit', toolArgs: {} })).toBe('copilot');
  });

  it('is Cursor when a hook of Claude Code is called by it', () => {
    const hook = { hook_event_name: 'PostToolUse', tool_use_id: 't', workspace_roots: ['/p'] };
    expect(agentOf(hook)).toBe('cursor');
  });
});

describe('an edit', () => {
  it.each([
    'StrReplace',
    'ApplyPatch',
    'Write',
    'copilot_replaceString',
    'copilot_insertEdit',
    'vscode_editFile_internal',
    'editFiles',
    'createFile',
    'git_apply_patch',
    'str_replace_editor',
    'MultiEdit',
    'write_file',
  ])('is what %s does', (tool_name) => {
    const event = { hook_event_name: 'PostToolUse', tool_use_id: 't', tool_name, tool_input: { path: 'a.ts' } };
    expect(filesOf(event)).toEqual([{ path: 'a.ts', before: { kind: 'untold' } }]);
  });

  it.each(['Read', 'copilot_readFile', 'grep_search', 'Shell', 'Delete', 'list_dir'])(
    'is not what %s does',
    (tool_name) => {
      expect(filesOf({ hook_event_name: 'PostToolUse', tool_name, tool_input: { path: 'a.ts' } })).toEqual([]);
    },
  );

  it('of several files has the replacements of each', () => {
    const replacements = [
      { filePath: 'a.ts', oldString: '1', newString: '2' },
      { filePath: 'b.ts', oldString: '3', newString: '4' },
      { filePath: 'a.ts', oldString: '5', newString: '6' },
    ];
    const event = {
      hookEventName: 'PostToolUse',
      toolName: 'multi_replace_string_in_file',
      toolInput: { replacements },
    };
    const of = (...pairs: readonly (readonly [string, string])[]) => ({
      kind: 'replacements',
      replacements: pairs.map(([before, after]) => ({ before, after })),
    });
    expect(filesOf(event)).toEqual([
      { path: 'a.ts', before: of(['1', '2'], ['5', '6']) },
      { path: 'b.ts', before: of(['3', '4']) },
    ]);
  });

  it('told beside the name of the event is counted once', () => {
    const edits = [{ old_string: '1', new_string: '2' }];
    const event = { hook_event_name: 'afterFileEdit', cursor_version: '3', file_path: 'a.ts', edits };
    const replacements = [{ before: '1', after: '2' }];
    expect(filesOf(event)).toEqual([{ path: 'a.ts', before: { kind: 'replacements', replacements } }]);
  });

  it('that failed, told in either case of letters, has no files', () => {
    const event = { tool_name: 'edit', tool_use_id: 't', tool_input: { path: 'a.ts' } };
    expect(filesOf({ ...event, tool_response: { error: 'no such text' } })).toEqual([]);
    expect(filesOf({ ...event, toolResponse: { error: 'no such text' } })).toEqual([]);
  });

  it('of Windsurf lies in the workspace that the event names', () => {
    const tool_info = { file_path: '/p/a.ts', workspace_path: '/p', edits: [] };
    expect(readEvent('windsurf', new Fields({ agent_action_name: 'post_write_code', tool_info })).roots).toEqual([
      '/p',
    ]);
  });
});
