import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { nodeConnect } from '../../../test/harness/sockets.ts';
import { fakePorts, LOCAL } from '../testing/fakes.ts';
import { egressConnect, newTally } from './connect.ts';
import type { EgressPolicy } from './policy.ts';
import { checkSocket } from './policy.ts';

let server: Server;
let port = 0;
beforeAll(async () => {
  // Talks on and on until it is hung up on; says nothing to who sends "quiet".
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (chunk) => {
      if (chunk.toString() === 'quiet') return;
      const talk = setInterval(() => socket.write(Buffer.alloc(1_000, 97)), 1);
      socket.on('close', () => clearInterval(talk));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
});

let tally = newTally();

function open(limits: { timeoutMs: number; maxBytes: number }, policy: EgressPolicy = LOCAL) {
  tally = newTally();
  const { egress } = fakePorts();
  egress.connect = nodeConnect();
  return egressConnect({ protocol: 'smtp', host: '127.0.0.1', port, tls: 'off' }, policy, { ...limits, tally }, egress);
}

const text = (word: string): Uint8Array => new TextEncoder().encode(word);

describe('[EGR16] a connection', () => {
  it('ends at its deadline, while somebody waits and for whoever comes later', async ({ expect }) => {
    const connection = await open({ timeoutMs: 300, maxBytes: 1_000 });
    await connection.write(text('quiet'));
    await expect(connection.read()).rejects.toMatchObject({ code: 'timeout', retryable: true });
    await expect(connection.read()).rejects.toMatchObject({ code: 'timeout' });
    await expect(connection.write(text('x'))).rejects.toMatchObject({ code: 'timeout' });
  });

  it('ends at its byte cap, which a policy may lower, and counts both ways', async ({ expect }) => {
    for (const policy of [LOCAL, { ...LOCAL, maxResponseBytes: 10_000 }]) {
      const maxBytes = policy === LOCAL ? 10_000 : 1_000_000;
      const connection = await open({ timeoutMs: 5_000, maxBytes }, policy);
      await connection.write(text('talk'));
      const readAll = async (): Promise<void> => {
        while (await connection.read());
      };
      await expect(readAll()).rejects.toMatchObject({ code: 'response-too-large', retryable: false });
      expect(tally).toMatchObject({ connections: 1, bytesOut: 4 });
      expect(tally.bytesIn).toBeGreaterThan(10_000);
      expect(tally.bytesIn).toBeLessThan(200_000);
    }
  });

  it('says who could not be reached', async ({ expect }) => {
    const { egress } = fakePorts();
    egress.connect = nodeConnect();
    const place = { protocol: 'smtp' as const, host: '127.0.0.1', port: 1_024, tls: 'off' as const };
    await expect(egressConnect(place, LOCAL, { timeoutMs: 1_000, maxBytes: 1, tally }, egress)).rejects.toMatchObject({
      code: 'connect-failed',
    });
  });
});

describe('[EGR15] a socket', () => {
  const outcome = (host: string, to: number, policy: EgressPolicy = { allow: [], deny: [] }): string => {
    try {
      return checkSocket({ protocol: 'ssh', host, port: to }, policy).host;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('goes to the ports of its protocol and to free ones, to others only where listed', ({ expect }) => {
    expect(outcome('ssh.example.com', 22)).toBe('ssh.example.com');
    expect(outcome('ssh.example.com', 2222)).toBe('ssh.example.com');
    const refused = [25, 3306, 6379, 0, -1, 65_536, 1.5, Number.NaN];
    expect(refused.map((to) => outcome('ssh.example.com', to))).toEqual(refused.map(() => 'egress-refused'));
    expect(outcome('ssh.example.com', 25, { allow: ['ssh.example.com:25'], deny: [] })).toBe('ssh.example.com');
  });

  it('is refused to what is private in any spelling, and to what is no host', ({ expect }) => {
    const hosts = [
      '127.0.0.1',
      '0x7f000001',
      '017700000001',
      '127.1',
      '[::1]',
      '::1',
      '::ffff:10.0.0.1',
      '10.0.0.1',
      'localhost.',
    ];
    const odd = [
      'db.internal',
      'a/b',
      'a@b',
      'a:22',
      'a b',
      '',
      'http://a.example',
      'a.example\nb',
      '①②⑦.0.0.1',
      'x.nip.io',
    ];
    for (const host of [...hosts, ...odd]) expect(outcome(host, 22), host).toBe('egress-refused');
    expect(outcome('ssh.example.com', 22, { allow: [], deny: ['*.example.com'] })).toBe('egress-refused');
    expect(outcome('10.0.0.1', 22, { allow: ['10.0.0.0/8'], deny: [] })).toBe('10.0.0.1');
    expect(outcome('BÜCHER.example', 22)).toBe('xn--bcher-kva.example');
  });

  it('is checked against what its name resolves to, where the host can tell', async ({ expect }) => {
    const { egress } = fakePorts();
    egress.resolve = () => Promise.resolve(['93.184.216.34', '10.0.0.1']);
    const place = { protocol: 'ssh' as const, host: 'rebind.example', port: 22, tls: 'off' as const };
    const work = egressConnect(place, { allow: [], deny: [] }, { timeoutMs: 100, maxBytes: 1, tally }, egress);
    await expect(work).rejects.toMatchObject({ code: 'egress-refused' });
  });
});
