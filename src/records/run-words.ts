export const runCommands = ['optimize', 'apply', 'analyze', 'generate', 'hook', 'agent'] as const;

export const runStatuses = ['written', 'changed', 'unchanged', 'analyzed', 'refused', 'conflict', 'failed'] as const;

export type RunCommand = (typeof runCommands)[number];

export type RunStatus = (typeof runStatuses)[number];
