import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** What a proxy does with connections from now on; open ones are ended. `drop` closes after so many bytes from the client. */
export type ProxyMode = 'pass' | 'refuse' | 'silent' | { readonly drop: number } | { readonly delayMs: number };

/** Stands before a server, at an address that stays the same whatever becomes of it. */
export class FlakyProxy {
  readonly port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #mode: ProxyMode = 'refuse';

  /** @param port of the proxy, a free one */
  constructor(port: number, target: number) {
    this.port = port;
    this.#target = target;
  }

  async set(mode: ProxyMode): Promise<void> {
    this.#mode = mode;
    for (const socket of this.#sockets) socket.destroy();
    if (mode === 'refuse') await this.#stop();
    else if (this.#server === undefined) await this.#listen();
  }

  async #listen(): Promise<void> {
    const server = createServer((client) => {
      this.#serve(client);
    });
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.#server = server;
  }

  async #stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server !== undefined) await new Promise((resolve) => server.close(resolve));
  }

  #serve(client: Socket): void {
    const mode = this.#mode;
    this.#keep(client);
    if (mode === 'silent') {
      client.resume();
      return;
    }
    const server = connect(this.#target, '127.0.0.1');
    this.#keep(server);
    server.on('close', () => client.destroy());
    client.on('close', () => server.destroy());
    server.on('data', (data) => client.write(data));
    let left = typeof mode === 'object' && 'drop' in mode ? mode.drop : Infinity;
    const delayMs = typeof mode === 'object' && 'delayMs' in mode ? mode.delayMs : 0;
    client.on('data', (data) => {
      const passed = data.subarray(0, Math.max(0, left));
      left -= data.length;
      if (delayMs > 0) setTimeout(() => server.write(passed), delayMs);
      else server.write(passed);
      if (left < 0) server.end();
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
  }
}
