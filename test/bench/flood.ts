// `node flood.ts HOST PORT PATH RATE SECONDS`: sends so many requests a second whether or not they are answered, and prints
// how many came back with which status. A process of its own, with as little work a request as can be.
import { connect, type Socket } from 'node:net';

const [host = '', port = '', path = '', rate = '', seconds = ''] = process.argv.slice(2);
const SOCKETS = 16;
const TICK_MS = 5;
const body = '{"from":"flood"}';
const request = Buffer.from(
  `POST ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);
const statuses = new Map<string, number>();
const sockets: Socket[] = [];

function open(): Socket {
  const socket = connect(Number(port), host);
  socket.setNoDelay(true);
  let rest = '';
  socket.setEncoding('latin1').on('data', (part: string) => {
    const text = rest + part;
    // A status line may be cut by the end of a packet: its beginning is kept for the next.
    for (const [, status = ''] of text.matchAll(/HTTP\/1\.1 (\d{3})/g)) {
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    const cut = text.lastIndexOf('HTTP/1.1');
    rest =
      cut >= 0 && text.length - cut < 12 ? text.slice(cut) : (/H(T(T(P(\/(1(\.1?)?)?)?)?)?)?$/.exec(text)?.[0] ?? '');
  });
  socket.on('error', () => statuses.set('error', (statuses.get('error') ?? 0) + 1));
  return socket;
}

for (let at = 0; at < SOCKETS; at++) sockets.push(open());
const began = performance.now();
let sent = 0;
const timer = setInterval(() => {
  const elapsedMs = performance.now() - began;
  const due = Math.floor((elapsedMs / 1_000) * Number(rate));
  for (; sent < due; sent++) sockets[sent % SOCKETS]?.write(request);
  if (elapsedMs < Number(seconds) * 1_000) return;
  clearInterval(timer);
  setTimeout(() => {
    process.stdout.write(`${JSON.stringify({ sent, statuses: Object.fromEntries(statuses) })}\n`);
    process.exit(0);
  }, 200);
}, TICK_MS);
