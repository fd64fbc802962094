import { request } from './http.ts';

export interface HttpCall {
  /** A unix socket, or the host and port of `url`. */
  to: { socketPath: string } | URL;
  path: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs: number;
}
export interface HttpAnswer {
  status: number;
  text: string;
}

/** One request. Not `fetch`: loading it takes 10 MB of a process that is to stay small. @throws Error, also on time-out. */
export function httpCall({ to, path, method = 'GET', headers = {}, body, timeoutMs }: HttpCall): Promise<HttpAnswer> {
  const target = to instanceof URL ? { host: to.hostname.replace(/^\[|\]$/g, ''), port: to.port } : to;
  return new Promise((done, fail) => {
    const sent = request(
      { ...target, path, method, headers, agent: false, signal: AbortSignal.timeout(timeoutMs) },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8');
        reply.on('data', (part: string) => (text += part));
        reply.on('error', fail);
        reply.on('end', () => done({ status: reply.statusCode ?? 0, text }));
      },
    );
    sent.on('error', fail);
    sent.end(body);
  });
}
