import { performance } from 'node:perf_hooks';
import type { Ora } from 'ora';
import { progressText } from './progress-text.ts';

/** Work that ends sooner is not worth a spinner, nor the 38 ms of loading it. */
const delayMs = 300;

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** `false`: nothing is ever drawn. */
  readonly enabled: boolean;
  readonly colored: boolean;
  readonly total: number;
}

/** A spinner on standard error that counts files; appears late, and makes room for every line that is printed. */
export class Progress {
  readonly #options: ProgressOptions;
  #timer: NodeJS.Timeout | undefined;
  #spinner: Ora | undefined;
  #done = 0;
  #startedMs: number | undefined;

  constructor(options: ProgressOptions) {
    this.#options = options;
    if (!options.enabled) return;
    this.#timer = setTimeout(() => void this.#show(), delayMs);
    this.#timer.unref();
  }

  update(done: number): void {
    this.#startedMs ??= performance.now();
    this.#done = done;
    if (this.#spinner !== undefined) this.#spinner.text = this.#text();
  }

  /** To be called before anything is written: the line of the spinner is wiped; the next frame draws it again. */
  makeRoom(): void {
    this.#spinner?.clear();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#spinner?.stop();
    this.#spinner = undefined;
  }

  async #show(): Promise<void> {
    const { default: ora } = await import('ora');
    if (this.#timer === undefined) return;
    const { stream, colored } = this.#options;
    const color = colored ? 'cyan' : false;
    this.#spinner = ora({ stream, color, text: this.#text(), isEnabled: true, discardStdin: false }).start();
  }

  #text(): string {
    return progressText(this.#done, this.#options.total, performance.now() - (this.#startedMs ?? performance.now()));
  }
}
