import { expect, it } from 'vitest';
import type { AgentTask } from '../../../src/agents/agent-task.ts';
import { readTask } from '../../../src/agents/read-task.ts';

it.each([
  [null, 'not an object'],
  [{ type: 'fly', input: {} }, 'type "fly" is not one of'],
  [{ type: 'refactoring' }, 'input is not an object'],
  [{ type: 'refactoring', input: { code: 'x' } }, 'edit is missing'],
  [{ type: 'code-optimization', input: { code: 1 } }, 'code is not a text'],
  [{ type: 'code-optimization', input: { code: '', levl: 'safe' } }, 'unknown field "levl"'],
  [{ type: 'code-optimization', input: { code: '', level: 'wild' } }, 'level is not one of safe'],
  [{ type: 'code-optimization', input: { code: '', rules: 'x' } }, 'rules is not a list of texts'],
  [{ type: 'code-optimization', input: { code: '', toString: '' } }, 'unknown field "toString"'],
])('a task that nobody can do as it stands is refused: %j', (task, message) => {
  expect(() => readTask(task as unknown as AgentTask)).toThrow(
    expect.objectContaining({ code: 'E_AGENT_INPUT', message: expect.stringContaining(message) as string }),
  );
});
