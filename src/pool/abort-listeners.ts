interface FanOut {
  readonly listeners: Set<() => void>;
  readonly handler: () => void;
}

const fanOuts = new WeakMap<AbortSignal, FanOut>();

/**
 * Calls `listener` once when the signal aborts; returns how to take it back. Thousands of tasks share one signal in a
 * run, and Node warns of a leak from the eleventh listener on, so all of them sit behind a single one.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const { listeners } = fanOuts.get(signal) ?? subscribe(signal);
  // an entry of its own: two callers may hand in the same function
  const entry = (): void => {
    listener();
  };
  listeners.add(entry);
  return () => {
    if (listeners.delete(entry) && listeners.size === 0) unsubscribe(signal);
  };
}

function subscribe(signal: AbortSignal): FanOut {
  const listeners = new Set<() => void>();
  const handler = (): void => {
    unsubscribe(signal);
    for (const listener of [...listeners]) listener();
  };
  const fanOut = { listeners, handler };
  fanOuts.set(signal, fanOut);
  signal.addEventListener('abort', handler);
  return fanOut;
}

function unsubscribe(signal: AbortSignal): void {
  const fanOut = fanOuts.get(signal);
  if (fanOut === undefined) return;
  signal.removeEventListener('abort', fanOut.handler);
  fanOuts.delete(signal);
}
