import { readFileSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';

/** Milliseconds of routing from which on it is worth asking what they went to. */
const longMs = 0.5;

/**
 * Tells what long times of finding an agent went to: this thread ran, had no processor although it was ready (both by the kernel's
 * count, Linux only), or V8 collected garbage.
 */
export class RoutingClock {
  #collections = [];
  #long = [];
  #before = undefined;
  #observer = new PerformanceObserver((list) => this.#collections.push(...list.getEntries()));

  constructor() {
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** Right before a task is handed over, which is routed within the same call. */
  begin() {
    this.#before = schedule();
  }

  /** When the agent has been found. */
  end(routingMs) {
    if (routingMs < longMs) return;
    const after = schedule();
    const endAt = performance.now();
    const spent = (key) =>
      this.#before === undefined || after === undefined ? undefined : after[key] - this.#before[key];
    this.#long.push({
      ...{ routingMs, startAt: endAt - routingMs, endAt },
      ...{ processorMs: spent('processorMs'), waitedMs: spent('waitedMs') },
    });
  }

  /** The longest ones first, each with what is known about it. */
  async figures() {
    // collections are told with the next turns of the loop
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.#observer.disconnect();
    return this.#long
      .sort((one, other) => other.routingMs - one.routingMs)
      .map(({ startAt, endAt, ...known }) => {
        const overlaps = this.#collections.map((each) =>
          Math.max(0, Math.min(endAt, each.startTime + each.duration) - Math.max(startAt, each.startTime)),
        );
        const collectingMs = overlaps.reduce((sum, each) => sum + each, 0);
        return { ...known, collectingMs };
      });
  }
}

/**
 * How long this thread has run, and how long it has waited for a processor although it had work; undefined where the system does not
 * tell. The kernel books both when a thread leaves or gets a processor, and with every tick.
 */
function schedule() {
  try {
    const [ranNs, waitedNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
    return { processorMs: Number(ranNs) / 1e6, waitedMs: Number(waitedNs) / 1e6 };
  } catch {
    return undefined;
  }
}
