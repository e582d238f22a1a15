/** A network between the service and its database that can be cut. */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Passes on what comes, until it is cut or frozen. */
export class Network {
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #isFrozen = false;

  constructor(url: string) {
    this.#target = new URL(url);
  }

  /** The URL of the database, through this network. */
  get url(): string {
    const through = new URL(this.#target);
    [through.hostname, through.port] = ['127.0.0.1', String(this.#port)];
    return through.href;
  }

  /** Takes connections, on the same port as before. */
  async connect(): Promise<void> {
    this.#isFrozen = false;
    this.#server = createServer((socket) => this.#serve(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    const { port } = this.#server.address() as AddressInfo;
    this.#port = port;
  }

  /** Breaks every connection off and takes no new one. */
  async cut(): Promise<void> {
    const over = this.#server && once(this.#server, 'close');
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
    await over;
  }

  /** Keeps every connection and passes nothing on. */
  freeze(): void {
    this.#isFrozen = true;
  }

  #serve(client: Socket): void {
    const server = connect(Number(this.#target.port), this.#target.hostname);
    for (const [source, sink] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(source);
      source.on('data', (bytes) => this.#isFrozen || sink.write(bytes));
      source.on('close', () => {
        this.#sockets.delete(source);
        sink.destroy();
      });
      source.on('error', () => undefined);
    }
  }
}
