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
  [{ type: 'performance-analysis', input: { code: '', level: 'safe' } }, 'unknown field "level"'],
  [{ type: 'code-generation', input: {} }, 'neither a generator nor a description'],
  [{ type: 'code-generation', input: { generator: 'types', description: 'x' } }, 'not both'],
  [{ type: 'code-generation', input: { generator: 'types', options: { a: 1 } } }, 'options is not an object of texts'],
  [{ type: 'code-generation', input: { generator: 'types', input: 1 } }, 'input is not a text or an object'],
])('a task that nobody can do as it stands is refused: %j', (task, message) => {
  expect(() => readTask(task as unknown as AgentTask)).toThrow(
    expect.objectContaining({ code: 'E_AGENT_INPUT', message: expect.stringContaining(message) as string }),
  );
});

it('a generation that names nothing is told by the description of its task what to generate', () => {
  const task = { type: 'code-generation', description: 'ring buffer', input: { name: 'Jobs' } } as const;
  expect(readTask(task).input).toEqual({ description: 'ring buffer', name: 'Jobs' });
  const named = { ...task, input: { generator: 'types' } };
  expect(readTask(named).input).toEqual({ generator: 'types' });
});
