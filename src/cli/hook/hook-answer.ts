import type { HookAgent } from '../../app/hook/hook-event.ts';

export interface HookMessage {
  /** Empty when there is nothing to say. */
  readonly text: string;
  /** The agent has to change something before it goes on, where its dialect has a word for that. */
  readonly isBlocking: boolean;
}

type Answer = (message: HookMessage) => object;

/** Codex takes no key beyond those of its schema, so each dialect gets its own and nothing else. */
const answers: Readonly<Record<HookAgent, Answer>> = {
  claude: ({ text, isBlocking }) => (isBlocking ? { decision: 'block', reason: text } : context('PostToolUse', text)),
  codex: ({ text, isBlocking }) => (isBlocking ? { decision: 'block', reason: text } : context('PostToolUse', text)),
  gemini: ({ text, isBlocking }) => (isBlocking ? { decision: 'deny', reason: text } : context('AfterTool', text)),
  // these cannot block after the edit
  copilot: ({ text }) => ({ additionalContext: text }),
  cursor: ({ text }) => ({ additional_context: text }),
  windsurf: ({ text }) => ({ message: text }),
  opencode: ({ text }) => ({ output: text }),
};

function context(hookEventName: string, additionalContext: string): object {
  return { hookSpecificOutput: { hookEventName, additionalContext } };
}

/** What is printed on standard output, all of it. Without an agent or a text it is the answer that says nothing. */
export function hookAnswer(agent: HookAgent | undefined, message: HookMessage): string {
  // Windsurf shows what a hook prints to the user, so nothing is the answer that says nothing
  if (message.text === '') return agent === 'windsurf' ? '' : '{}\n';
  return agent === undefined ? '{}\n' : `${JSON.stringify(answers[agent](message))}\n`;
}
