/** What tasks of agents fail with, beside the codes of what they run. */
export const agentErrors = {
  E_AGENT_OPTIONS: { title: 'invalid agent option', remedy: 'correct the named option', exitCode: 2 },
  E_AGENT_INPUT: { title: 'invalid task', remedy: 'give the task what the message names', exitCode: 2 },
  E_AGENT_SATURATED: {
    title: 'queue of the agent is full',
    remedy: 'wait until tasks have ended before sending more, or raise `queueLimit`',
    exitCode: 2,
  },
  E_AGENT_CLOSED: { title: 'agent is shut down', remedy: 'create a new agent', exitCode: 2 },
  E_AGENT_NONE: {
    title: 'no agent can do this',
    remedy: 'create or register an agent with that capability',
    exitCode: 2,
  },
  E_AGENT_PROFILE: {
    title: 'no such agent profile',
    remedy: '`booster agents list` shows all profiles and what is wrong with them',
    exitCode: 2,
  },
  E_INIT_UNKNOWN: {
    title: 'unknown tool',
    remedy: '`booster init --help` lists the tools that can be set up',
    exitCode: 2,
  },
} as const;
