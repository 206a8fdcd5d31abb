// Child of measure-ratio.mjs: one variant of one workload in a process of its own, so that neither variant sees the type
// feedback, inline caches or heap of the other. Argv: bench bundle, index of the bench, variant file, size.
// Messages: in 'prepare' → { digest } of the result; in 'measure' → { ns } per call, the median over batches.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { digestValue } from './digest-value.mjs';

const [benchFile, index, variantFile, size] = process.argv.slice(2);
/** Shorter calls are timed in batches: the clock and its call would otherwise be part of the figure. */
const batchNs = 300_000;
const warmUpNs = 150_000_000;
const roundNs = 15_000_000;
/** A call this long has warmed itself up. */
const slowCallNs = 1_000_000_000;
/** Making inputs is not timed, but it takes time: at most this long in one go. */
const maximumWaitMs = 1_000;

const { default: benches } = await import(pathToFileURL(benchFile));
const { input } = benches[Number(index)];
const { run } = createRequire(import.meta.url)(variantFile);
const makeInput = () => input(Number(size));

let isMutating = false;
let isAsync = false;
let callsPerBatch = 1;
/** Keeps results alive, so that no call can be optimised away. */
const kept = { last: undefined };

async function prepare() {
  const used = makeInput();
  const returned = run(used);
  isAsync = returned instanceof Promise;
  const result = await returned;
  isMutating = digestValue(used) !== digestValue(makeInput());
  await warmUp();
  return { digest: digestValue(result) };
}

async function warmUp() {
  const started = performance.now();
  let spent = 0;
  let calls = 0;
  let fastest = Infinity;
  while (calls < 2 || (spent < warmUpNs && performance.now() - started < maximumWaitMs)) {
    const ns = await timeBatch(1);
    spent += ns;
    calls += 1;
    fastest = Math.min(fastest, ns);
    if (ns > slowCallNs) break;
  }
  const inputMs = (performance.now() - started - spent / 1e6) / calls;
  const affordable = isMutating ? Math.floor(maximumWaitMs / 10 / Math.max(inputMs, 1e-6)) : Infinity;
  callsPerBatch = Math.max(1, Math.min(affordable, Math.ceil(batchNs / Math.max(fastest, 1))));
  // batches are a loop of their own, which has to become hot as well
  for (let batch = 0; batch < 20 && callsPerBatch > 1; batch += 1) await timeBatch(callsPerBatch);
}

/** Nanoseconds that `calls` calls took; inputs that a call uses up are made before the clock starts. */
async function timeBatch(calls) {
  const inputs = isMutating ? Array.from({ length: calls }, makeInput) : new Array(calls).fill(sharedInput());
  const started = process.hrtime.bigint();
  if (isAsync) for (let call = 0; call < calls; call += 1) kept.last = await run(inputs[call]);
  else for (let call = 0; call < calls; call += 1) kept.last = run(inputs[call]);
  return Number(process.hrtime.bigint() - started);
}

let shared;
function sharedInput() {
  shared ??= { value: makeInput() };
  return shared.value;
}

async function measure() {
  const started = performance.now();
  const times = [];
  let spent = 0;
  while (times.length === 0 || (spent < roundNs && times.length < 50 && performance.now() - started < maximumWaitMs)) {
    const ns = await timeBatch(callsPerBatch);
    spent += ns;
    times.push(ns / callsPerBatch);
  }
  times.sort((a, b) => a - b);
  return { ns: times[Math.floor(times.length / 2)] };
}

process.on('message', async (message) => {
  process.send(message === 'prepare' ? await prepare() : await measure());
});
