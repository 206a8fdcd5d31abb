// The booster worker that also hangs or ends when a text tells it to; bundled by bench-pool.mjs.
import { parentPort } from 'node:worker_threads';
import '../src/pool/worker-entry.ts';

parentPort.on('message', ({ task }) => {
  const text = task?.request.text;
  if (text === '// hang') for (;;);
  if (text === '// exit') process.exit(1);
});
