import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { OfferCell } from '../../../src/pool/offer-cell.ts';
import { defaultWorkerUrl } from '../../../src/pool/worker-program.ts';
import type { CompiledCode, HostMessage } from '../../../src/pool/protocol.ts';

import { sharedCell } from './deeds.ts';

type Heard = { readonly type: string; readonly code?: CompiledCode } & Record<string, unknown>;

/** booster's own worker, as a pool starts it. */
function start(code?: CompiledCode): (message: HostMessage, awaited: string) => Promise<Heard> {
  const [begun, posted] = [sharedCell(), sharedCell()];
  const worker = new Worker(defaultWorkerUrl(), {
    workerData: { memoryLimitBytes: 512 * 2 ** 20, begun, posted, code },
  });
  onTestFinished(() => worker.terminate().then(() => undefined));
  return (message, awaited) =>
    new Promise((resolve, reject) => {
      const hear = (heard: Heard): void => {
        if (heard.type !== awaited) return;
        worker.off('message', hear);
        resolve(heard);
      };
      worker.on('message', hear).once('error', reject);
      worker.postMessage(message);
    });
}

const text = 'const xs = [1, 2, 3];\nexport const first = xs.filter((x) => x > 1)[0];\n';
const task: HostMessage = {
  type: 'run',
  taskId: 1,
  task: { kind: 'optimize', request: { text, language: 'typescript', level: 'safe', rules: ['filter-find'] } },
};

async function givenCode(): Promise<CompiledCode> {
  const first = start();
  await first(task, 'answer');
  const { code } = await first({ type: 'give-code' }, 'code');
  return code ?? new Map();
}

it('a worker gives the code of all chunks that it has loaded, and one that starts with it answers the same', async () => {
  const code = await givenCode();
  expect([...code.keys()].some((name) => name.endsWith('/worker-entry.js'))).toBe(true);
  expect([...code.keys()].some((name) => name.includes('/optimize-task'))).toBe(true);
  const answer = await start()(task, 'answer');
  expect(await start(code)(task, 'answer')).toEqual(answer);
  expect(answer).toMatchObject({ answer: { outcome: { ok: true, result: { status: 'rewritten' } } } });
});

it('a worker compiles by itself what V8 does not take', async () => {
  const broken = new Map([...(await givenCode()).keys()].map((name) => [name, new Uint8Array(64)]));
  expect(await start(broken)(task, 'answer')).toEqual(await start()(task, 'answer'));
});

function startPlain(offers: OfferCell): { worker: Worker; answers: (count: number) => Promise<unknown[]> } {
  const cells = { begun: sharedCell(), posted: sharedCell(), offered: offers.cell };
  const worker = new Worker(defaultWorkerUrl(), { workerData: { memoryLimitBytes: 512 * 2 ** 20, ...cells } });
  onTestFinished(() => worker.terminate().then(() => undefined));
  const answers = async (count: number): Promise<unknown[]> => {
    const answered: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject).on('message', ({ type, taskId }: Heard) => {
        if (type === 'answer') answered.push(taskId);
        if (answered.length === count) resolve();
      });
    });
    return answered;
  };
  return { worker, answers };
}

it('a worker does one task after the other, although the first has to load an engine meanwhile', async () => {
  const { worker, answers } = startPlain(new OfferCell());
  const broken = { ...task, task: { ...task.task, request: { ...task.task.request, text: `${text}function (` } } };
  worker.postMessage({ ...broken, taskId: 1 });
  for (const taskId of [2, 3]) worker.postMessage({ ...task, taskId });
  expect(await answers(3)).toEqual([1, 2, 3]);
});

it('a worker does what it was offered after its present task, and nothing that was withdrawn', async () => {
  const offers = new OfferCell();
  const { worker, answers } = startPlain(offers);
  offers.offer(2);
  offers.withdraw(2);
  offers.offer(3);
  worker.postMessage({ ...task, taskId: 1 });
  for (const taskId of [2, 3]) worker.postMessage({ ...task, type: 'offer', taskId });
  worker.postMessage({ ...task, taskId: 4 });
  expect(await answers(3)).toEqual([1, 3, 4]);
  expect(offers.isTaken(3)).toBe(true);
});
