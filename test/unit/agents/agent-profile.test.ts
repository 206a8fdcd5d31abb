import { describe, expect, it } from 'vitest';
import { parseAgentProfile } from '../../../src/agents/agent-profile.ts';
import { agentTaskTypes } from '../../../src/agents/agent-task.ts';

const profile = (front: string) => parseAgentProfile('a.md', `---\n${front}\n---\nYou are …\n`);

describe('an agent profile', () => {
  it('says what its agents can do under booster, which coding agents pass over', async () => {
    const front =
      'name: hot-paths\ndescription: "Finds: slow code"\ntools: Read, Bash\nbooster:\n  capabilities: [refactoring]\n  maxConcurrentTasks: 2\n  timeout: 5000';
    expect(await profile(front)).toEqual({
      ...{ name: 'hot-paths', description: 'Finds: slow code', path: 'a.md' },
      ...{ capabilities: ['refactoring'], maxConcurrentTasks: 2, timeout: 5000 },
    });
  });

  it('of another kind can do nothing here, and the one named after ours everything', async () => {
    expect(await profile('name: reviewer\ndescription: x')).toMatchObject({ capabilities: [] });
    expect(await profile('name: code-booster\ndescription: x')).toMatchObject({ capabilities: agentTaskTypes });
  });

  it.each([
    ['no front matter at all', 'text', 'front matter'],
    ['broken YAML', '---\nname: [\n---\n', 'front matter'],
    ['no name', '---\ndescription: x\n---\n', 'name is missing'],
    ['a name in capitals', '---\nname: Booster\ndescription: x\n---\n', 'lower-case'],
    ['no description', '---\nname: x\n---\n', 'description is missing'],
    ['an unknown capability', '---\nname: x\ndescription: x\nbooster: { capabilities: [fly] }\n---\n', 'capabilities'],
    ['half a task', '---\nname: x\ndescription: x\nbooster: { maxConcurrentTasks: 0.5 }\n---\n', 'whole numbers'],
  ])('with %s is told what is wrong', async (_what, text, problem) => {
    expect(await parseAgentProfile('a.md', text)).toMatchObject({
      problem: expect.stringContaining(problem) as string,
    });
  });
});
