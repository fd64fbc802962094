// `node worker.ts HOST PORT PATH few|many`: reads `RATE SECONDS` a line from its input, sends so many requests a second whether or
// not they are answered, and prints a line of JSON (`Sent`). A process of its own, raw sockets and as little work a request as
// can be: what it takes of the machine is in every phase the same, and nothing of the server's tenants shares its event loop.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Sent {
  sent: number;
  statuses: Record<string, number>;
  /** From when a request was due to the first byte of its answer, milliseconds. */
  latencies: number[];
}

const [host = '', port = '', path = '', shape = ''] = process.argv.slice(2);
/** `few`: sixteen connections, requests written one behind the other; `many`: each request has a connection to itself while it waits. */
const pipelined = shape === 'few';
const FEW = 16;
const MOST = 4_000;
const MAX_IDLE_MS = 2_500;
const TICK_MS = 1;
const body = '{"hello":1}';
const request = Buffer.from(
  `POST ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
);

interface Line {
  socket: Socket;
  /** When the requests under way were due. */
  waiting: number[];
  usedMs: number;
}

let statuses = new Map<string, number>();
let latencies: number[] = [];
const open = new Set<Line>();
const idle: Line[] = [];
const count = (status: string): void => void statuses.set(status, (statuses.get(status) ?? 0) + 1);

/** Length of the answer that `text` begins with; 0 when its end has not come. */
function lengthOf(text: string): number {
  const head = text.indexOf('\r\n\r\n');
  if (head < 0) return 0;
  const declared = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2))?.[1];
  if (declared !== undefined) {
    const length = head + 4 + Number(declared);
    return text.length >= length ? length : 0;
  }
  const end = text.indexOf('\r\n0\r\n\r\n', head);
  return end < 0 ? 0 : end + 7;
}

function newLine(): Line {
  const socket = connect(Number(port), host);
  const line: Line = { socket, waiting: [], usedMs: 0 };
  let text = '';
  socket.setNoDelay(true);
  socket.setEncoding('latin1').on('data', (part: string) => {
    text += part;
    for (let length = lengthOf(text); length > 0; length = lengthOf(text)) {
      count(text.slice(9, 12));
      latencies.push(performance.now() - (line.waiting.shift() ?? 0));
      text = text.slice(length);
      line.usedMs = performance.now();
      if (!pipelined) idle.push(line);
    }
  });
  socket.on('error', () => count('error'));
  socket.on('close', () => {
    open.delete(line);
    const at = idle.indexOf(line);
    if (at >= 0) idle.splice(at, 1);
    for (const _ of line.waiting) count('closed');
  });
  open.add(line);
  return line;
}

let next = 0;
function lineFor(): Line | undefined {
  if (pipelined) {
    while (open.size < FEW) newLine();
    return [...open][next++ % FEW];
  }
  // The server closes what was idle for five seconds, maybe just as a request comes.
  for (let line = idle.pop(); line; line = idle.pop()) {
    if (performance.now() - line.usedMs < MAX_IDLE_MS) return line;
    line.socket.destroy();
  }
  return open.size < MOST ? newLine() : undefined;
}

function send(dueMs: number): void {
  const line = lineFor();
  if (!line) return count('no connection');
  line.waiting.push(dueMs);
  line.socket.write(request);
}

function phase(rate: number, seconds: number): Promise<Sent> {
  [statuses, latencies] = [new Map(), []];
  const began = performance.now();
  const total = Math.round(rate * seconds);
  let sent = 0;
  return new Promise((done) => {
    const timer = setInterval(() => {
      const elapsedMs = performance.now() - began;
      const due = Math.min(total, Math.floor((elapsedMs / 1_000) * rate));
      for (; sent < due; sent++) send(began + ((sent + 1) * 1_000) / rate);
      if (elapsedMs < seconds * 1_000 || sent < total) return;
      clearInterval(timer);
      const patienceMs = performance.now() + 3_000;
      const wait = setInterval(() => {
        const waiting = [...open].reduce((sum, line) => sum + line.waiting.length, 0);
        if (waiting > 0 && !pipelined && performance.now() < patienceMs) return;
        clearInterval(wait);
        // What still waits is given up with its connection, so that the next phase begins with nothing in the way.
        if (waiting > 0) for (const line of open) if (line.waiting.length > 0) line.socket.destroy();
        done({ sent, statuses: Object.fromEntries(statuses), latencies });
      }, TICK_MS);
    }, TICK_MS);
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const [rate = '', seconds = ''] = line.split(' ');
  process.stdout.write(`${JSON.stringify(await phase(Number(rate), Number(seconds)))}\n`);
}
process.exit(0);
