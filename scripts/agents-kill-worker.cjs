// The worker of agents-load.mjs: the built one, which dies about once in a hundred tasks (before a task, or with its answer done and
// not sent), and always of a text that says so.
'use strict';
const process = require('node:process');
const workerThreads = require('node:worker_threads');
const { parentPort, threadId } = workerThreads;

/** Tasks until this thread dies: geometric with a mean of 100, by a generator that is seeded with the thread's number. */
let state = (threadId * 2654435761 + 1) >>> 0;
function draw() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
for (let warmUp = 0; warmUp < 8; warmUp += 1) draw();
const deadline = Math.ceil(Math.log(1 - draw()) / Math.log(0.99));
const diesBefore = draw() < 0.5;
let tasks = 0;
let isPoisoned = false;

function lookAt(message) {
  if (message.type !== 'run') return;
  tasks += 1;
  isPoisoned = message.task.request.text.includes('/* poison */');
  if (tasks === deadline && diesBefore) process.exit(9);
}
parentPort.on('message', lookAt);
// a thread that watches its port takes messages without an event
const { receiveMessageOnPort } = workerThreads;
workerThreads.receiveMessageOnPort = (port) => {
  const taken = receiveMessageOnPort(port);
  if (taken !== undefined && port === parentPort) lookAt(taken.message);
  return taken;
};
const post = parentPort.postMessage.bind(parentPort);
parentPort.postMessage = (message, ...rest) => {
  if (message.type === 'answer' && (isPoisoned || tasks >= deadline)) process.exit(9);
  post(message, ...rest);
};
require('../dist/worker.cjs');
