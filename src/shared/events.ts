/** Reads an event map `{ name: payload }`; emit and listen are checked against it. */
export type Listener<Payload> = (payload: Payload) => void;

/** What a listener may do with a source of events: subscribe, and unsubscribe by the function it gets back. */
export interface EventSource<Events extends object> {
  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void;
}

/**
 * Events in the order they happen, delivered synchronously. A listener that throws disturbs neither the emitter nor the
 * other listeners: its error surfaces as an uncaught exception, as with `EventTarget`, and is not swallowed.
 */
export class EventBus<Events extends object> implements EventSource<Events> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): () => void {
    const known = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, known);
    // an entry of its own, so that the same function subscribed twice is also unsubscribed twice
    const entry: Listener<Events[Name]> = (payload) => {
      listener(payload);
    };
    known.add(entry);
    return () => {
      known.delete(entry);
    };
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    const listeners = this.#listeners.get(name);
    if (listeners === undefined || listeners.size === 0) return;
    for (const listener of [...listeners] as Listener<Events[Name]>[]) {
      try {
        listener(payload);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
