import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** A server in the place of Redis that does something else. */
export class LyingServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(serve: (socket: Socket) => void) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
      serve(socket);
    });
  }

  static async start(serve: (socket: Socket) => void, port = 0): Promise<LyingServer> {
    const lying = new LyingServer(serve);
    await new Promise<void>((resolve) => lying.#server.listen(port, '127.0.0.1', resolve));
    return lying;
  }

  /** Passes everything on to a port, but closes after so many bytes from the client; `bytes` may change between connections. */
  static proxy(port: number, limit: { bytes: number }): Promise<LyingServer> {
    return LyingServer.start((client) => {
      let left = limit.bytes;
      const server = connect(port, '127.0.0.1');
      server.on('error', () => undefined).on('close', () => client.destroy());
      client.on('close', () => server.destroy());
      server.on('data', (data) => client.write(data));
      client.on('data', (data) => {
        server.write(data.subarray(0, left));
        left -= data.length;
        if (left < 0) server.end();
      });
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
