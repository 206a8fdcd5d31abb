/** Plugin of opencode, which has no hooks of its own: JavaScript that it loads from `.opencode/plugins`. */
export const opencodePlugin = `// Written by \`booster init\`: tells the agent which slow code its edit introduced.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const editTools = new Set(['edit', 'multiedit', 'write', 'patch', 'apply_patch']);

export const Booster = async ({ directory }) => ({
  'tool.execute.after': async ({ tool, sessionID, callID, args }, result) => {
    if (!editTools.has(tool)) return;
    const answer = await ask(directory, { tool, sessionID, callID, args, cwd: directory });
    if (answer !== '') result.output = \`\${result.output}\\n\\n\${answer}\`;
  },
});

/** What booster has to say; empty when it has nothing to say or is not there. */
function ask(directory, event) {
  return new Promise((resolve) => {
    const hook = spawn(join(directory, 'node_modules', '.bin', 'booster'), ['hook', '--agent', 'opencode'], {
      cwd: directory,
      stdio: ['pipe', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    let answer = '';
    hook.on('error', () => resolve(''));
    hook.stdin.on('error', () => {});
    hook.stdout.on('data', (data) => (answer += data));
    hook.on('close', () => resolve(textOf(answer)));
    hook.stdin.end(JSON.stringify(event));
  });
}

function textOf(answer) {
  try {
    return JSON.parse(answer).output ?? '';
  } catch {
    return '';
  }
}
`;
