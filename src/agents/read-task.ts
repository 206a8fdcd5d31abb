import { strictnesses } from '../engine/merge/merge.ts';
import { tiers } from '../engine/finding.ts';
import { BoosterError } from '../shared/errors.ts';
import { agentTaskTypes } from './agent-task.ts';
import type { AgentTask, AgentTaskType } from './agent-task.ts';

interface Field {
  readonly isRequired?: true;
  readonly type: 'text' | 'texts' | 'integer' | 'switch' | 'textual record' | 'text or object';
  readonly oneOf?: readonly string[];
}

const text = { type: 'text' } as const;
const analysis: Readonly<Record<string, Field>> = {
  code: { ...text, isRequired: true },
  language: text,
  filename: text,
  rules: { type: 'texts' },
  node: { type: 'integer' },
};
const generation: Readonly<Record<string, Field>> = {
  generator: text,
  description: text,
  name: text,
  input: { type: 'text or object' },
  inputName: text,
  inputType: text,
  cwd: text,
  earlier: text,
  options: { type: 'textual record' },
  filename: text,
  project: text,
  force: { type: 'switch' },
};
const edit: Readonly<Record<string, Field>> = {
  code: { ...text, isRequired: true },
  edit: { ...text, isRequired: true },
  language: text,
  filename: text,
  strictness: { ...text, oneOf: strictnesses },
};

const fields: Readonly<Record<AgentTaskType, Readonly<Record<string, Field>>>> = {
  'code-generation': generation,
  'code-optimization': { ...analysis, level: { ...text, oneOf: tiers } },
  'performance-analysis': analysis,
  'wasm-acceleration': edit,
  refactoring: { ...edit, level: { ...text, oneOf: tiers } },
};

/**
 * Checks a task that may come from anywhere: JSON, a profile, plain JavaScript. Nothing is guessed, and fields that nobody knows are
 * refused, because they would be left undone without a word. A generation that names nothing gets the description of its task.
 * @throws BoosterError E_AGENT_INPUT naming the field
 */
export function readTask(task: AgentTask): AgentTask {
  if (typeof task !== 'object' || (task as unknown) === null) throw invalid('the task is not an object');
  const type = agentTaskTypes.find((known) => known === task.type);
  if (type === undefined) {
    throw invalid(`type ${JSON.stringify(task.type)} is not one of ${agentTaskTypes.join(', ')}`);
  }
  const input: unknown = task.input;
  if (typeof input !== 'object' || input === null) throw invalid(`${type}: input is not an object`);
  for (const [name, value] of Object.entries(input)) {
    const field = Object.hasOwn(fields[type], name) ? fields[type][name] : undefined;
    if (field === undefined) throw invalid(`${type}: unknown field ${JSON.stringify(name)}`);
    if (value !== undefined && !fits(value, field)) throw invalid(`${type}: ${name} is not ${expected(field)}`);
  }
  for (const [name, { isRequired }] of Object.entries(fields[type])) {
    if (isRequired === true && Reflect.get(input, name) === undefined) throw invalid(`${type}: ${name} is missing`);
  }
  return type === 'code-generation' ? described(task as AgentTask<'code-generation'>) : task;
}

function described(task: AgentTask<'code-generation'>): AgentTask {
  const { generator, description } = task.input;
  if (generator !== undefined && description !== undefined) {
    throw invalid('code-generation: give a generator or a description, not both');
  }
  if (generator !== undefined || description !== undefined) return task;
  if (typeof task.description !== 'string') {
    throw invalid('code-generation: neither a generator nor a description is given');
  }
  return { ...task, input: { ...task.input, description: task.description } };
}

function fits(value: unknown, { type, oneOf }: Field): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'switch') return typeof value === 'boolean';
  if (type === 'texts') return Array.isArray(value) && value.every((each) => typeof each === 'string');
  const isObject = typeof value === 'object' && value !== null;
  if (type === 'text or object') return typeof value === 'string' || isObject;
  if (type === 'textual record') return isObject && Object.values(value).every((each) => typeof each === 'string');
  return typeof value === 'string' && (oneOf === undefined || oneOf.includes(value));
}

const names: Readonly<Record<Field['type'], string>> = {
  text: 'a text',
  texts: 'a list of texts',
  integer: 'a whole number',
  switch: 'true or false',
  'textual record': 'an object of texts',
  'text or object': 'a text or an object',
};

function expected({ type, oneOf }: Field): string {
  if (oneOf !== undefined) return `one of ${oneOf.join(', ')}`;
  return names[type];
}

function invalid(message: string): BoosterError {
  return new BoosterError('E_AGENT_INPUT', message);
}
