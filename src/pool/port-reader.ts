import { receiveMessageOnPort } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { HostMessage } from './protocol.ts';

/** A thread that goes to sleep needs some 20 µs to wake up, and so does its host: longer waiting would cost more than it saves. */
const watchMs = 0.1;

/** Takes messages off a port without going back to the event loop, in the order in which they came. */
export class PortReader {
  readonly #port: MessagePort;
  readonly #posted: Int32Array<SharedArrayBuffer>;
  readonly #receive: (message: HostMessage) => void;

  /** @param posted one cell, which the host changes after each message that it has posted */
  constructor(port: MessagePort, posted: Int32Array<SharedArrayBuffer>, receive: (message: HostMessage) => void) {
    this.#port = port;
    this.#posted = posted;
    this.#receive = receive;
  }

  /** Receives what is there; whether there was anything. */
  take(): boolean {
    let found = false;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      found = true;
      this.#receive(next.message);
    }
    return found;
  }

  /** As {@link PortReader.take}, but waits for a tenth of a millisecond when nothing is there. */
  watch(): boolean {
    const until = performance.now() + watchMs;
    for (;;) {
      // read first: what is posted from here on changes it
      const posted = Atomics.load(this.#posted, 0);
      if (this.take()) return true;
      while (Atomics.load(this.#posted, 0) === posted) if (performance.now() > until) return false;
    }
  }

  #next(): { readonly message: HostMessage } | undefined {
    return receiveMessageOnPort(this.#port);
  }
}
