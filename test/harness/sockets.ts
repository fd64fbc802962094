import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { RawSocket } from '../../workers/executor/egress/connect.ts';
import type { EgressPorts } from '../../workers/executor/egress/fetch.ts';

/** workerd's sockets, made of Node's, for effects under test in Node. `ca`: what TLS trusts besides. */
export function nodeConnect(ca?: string): EgressPorts['connect'] {
  return ({ host, port }, tls) => {
    const trust = { host, ...(ca === undefined ? {} : { ca }) };
    if (tls === 'on') {
      const secure = connectTls({ ...trust, port });
      return Promise.resolve(raw(secure, once(secure, 'secureConnect')));
    }
    const plain = connectTcp(port, host);
    return Promise.resolve(raw(plain, once(plain, 'connect'), trust));
  };
}

function once(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  const opened = new Promise<void>((done, fail) => {
    socket.once(event, () => done());
    socket.once('error', fail);
  });
  opened.catch(() => undefined);
  return opened;
}

function raw(socket: Socket, opened: Promise<void>, trust?: { host: string; ca?: string }): RawSocket {
  // Reading starts when somebody asks, so that an upgrade to TLS finds the socket untouched.
  let web: ReturnType<typeof Duplex.toWeb> | undefined;
  const streams = (): ReturnType<typeof Duplex.toWeb> => (web ??= Duplex.toWeb(socket));
  socket.on('error', () => undefined);
  return {
    get readable() {
      return streams().readable as unknown as RawSocket['readable'];
    },
    get writable() {
      return streams().writable as unknown as RawSocket['writable'];
    },
    opened,
    close() {
      socket.destroy();
      return Promise.resolve();
    },
    startTls() {
      const secure = connectTls({ socket, ...trust });
      return raw(secure, once(secure, 'secureConnect'));
    },
  };
}
