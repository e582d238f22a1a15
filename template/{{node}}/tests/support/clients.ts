/** Clients that call a service over HTTP. */

/** What a service answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What a request holds besides its method and its path. */
export interface Content {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Calls one service, with headers of its own. */
export class Client {
  readonly url: string;
  readonly headers: Record<string, string>;

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.headers = { ...headers };
  }

  /** Sends a request to a path; `json` is sent as JSON. */
  async request(method: string, path: string, content: Content = {}): Promise<Answer> {
    const type = content.json === undefined ? {} : { 'Content-Type': 'application/json' };
    const body = content.json === undefined ? content.body : JSON.stringify(content.json);
    const answer = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...type, ...this.headers, ...content.headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** Asks for what a path has. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.request('GET', path, { headers });
  }

  /** Sends `json` to a path. */
  async post(path: string, json: unknown, headers: Content['headers'] = {}): Promise<Answer> {
    return this.request('POST', path, { json, headers });
  }

  /** Deletes what a path has. */
  async delete(path: string, headers: Content['headers'] = {}): Promise<Answer> {
    return this.request('DELETE', path, { headers });
  }

  /** Changes what a path has. */
  async patch(path: string, json: unknown, headers: Content['headers'] = {}): Promise<Answer> {
    return this.request('PATCH', path, { json, headers });
  }
}
