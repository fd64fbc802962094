import type { JsonObject } from '../../../../core/data/item.ts';
import { removeDataDir, temporaryDataDir } from '../../../harness/launcher.ts';
import { NameServer } from '../../../harness/name-server.ts';
import { canHaveNames, nodeWithNames } from '../../../harness/names.ts';
import { chain, manual, node } from '../../../served/documents.ts';
import { Server } from '../../../served/server.ts';
import { type AttackContext, BlindOracle } from '../../group.ts';
import { Sink } from '../../sink.ts';
import { Bench, MARK, WAYS } from './bench.ts';

const PUBLIC = '93.184.216.34';
/** What names say, by the part before `.rebind.example.com` without its number: at the first look-up, and after it. */
const TELLS: Record<string, readonly [first: readonly string[], later: readonly string[]]> = {
  local: [['127.0.0.1'], ['127.0.0.1']],
  flip: [[PUBLIC], ['127.0.0.1']],
  'flip-mapped': [[PUBLIC], ['::ffff:127.0.0.1']],
  both: [
    [PUBLIC, '127.0.0.1'],
    ['127.0.0.1', PUBLIC],
  ],
  'both-families': [
    ['127.0.0.1', '::1'],
    ['::1', '127.0.0.1'],
  ],
  zero: [['0.0.0.0'], ['0.0.0.0']],
  private: [['10.0.0.1'], ['192.168.1.1']],
  metadata: [['169.254.169.254'], ['100.100.100.200']],
};
const SUFFIX = '.rebind.example.com';
const LISTED = `listed${SUFFIX}`;

function zone(name: string, asked: number): readonly string[] {
  if (name === LISTED) return ['127.0.0.1'];
  const [first, later] = TELLS[name.replace(SUFFIX, '').replace(/-\d+$/, '')] ?? [[], []];
  return asked === 0 ? first : later;
}

/**
 * Names whose owner says one address to who checks and another to who connects. workerd resolves once, when it connects,
 * and its filter sees the address: a name server of ours, before a whole product, shows that nothing else decides.
 */
export async function attackRebinding(bench: Bench, { say }: AttackContext): Promise<void> {
  const names = canHaveNames() ? await NameServer.start(zone) : undefined;
  if (!names) return say('  rebinding: a process here cannot be given a name server of its own, nothing tried');
  const folder = temporaryDataDir();
  const sink = await Sink.start();
  sink.answer = JSON.stringify({ data: MARK });
  const files = { 'resolv.conf': `nameserver ${names.address}\noptions timeout:2 attempts:2\n` };
  const server = await Server.start({}, { node: nodeWithNames(folder, files, LISTED) });
  try {
    const own = new Bench({ server, sink, allowed: bench.allowed, other: bench.other });
    await own.open([`${LISTED}:${sink.port}`]);
    for (const way of WAYS) await own.flow(way, { timeoutMs: 6_000 });
    // The control: a name that is listed gets there, by the address our name server gives.
    const listed = await own.ask('http', `http://${LISTED}:${sink.port}/`);
    if (listed.status !== 'success' || sink.connections === 0) {
      throw new BlindOracle(`a listed name is not reached through the name server: ${JSON.stringify(listed.error)}`);
    }
    for (const [index, [kind, tells]] of Object.entries(TELLS).entries()) {
      for (const [number, way] of WAYS.entries()) {
        const host = `${kind}-${number}${SUFFIX}`;
        for (const time of tells.keys()) {
          const before = sink.connections;
          const run = await own.ask(way, `http://${host}:${sink.port}/`);
          own.judge(`A9/rebinding/${way}/${kind}/${time}`, `${host}: ${tells[time]?.join(', ')}`, run, before, {
            byNetwork: true,
          });
        }
        if (!names.asked.has(host)) throw new BlindOracle(`nobody asked for ${host}`);
      }
      await mail(own, `${kind}-${10 + index}${SUFFIX}`);
    }
    if (own.succeeded.length === 0 && !/blocked by restrictPeers\(\)/.test(server.launcher.stderr)) {
      throw new BlindOracle('the filter of workerd says nothing of what it refused');
    }
    bench.cases += own.cases;
    bench.succeeded.push(...own.succeeded);
    bench.hung.push(...own.hung);
  } finally {
    await server.stop();
    sink.stop();
    names.stop();
    removeDataDir(folder);
  }
}

/** The same by a socket of our own. */
async function mail(bench: Bench, host: string): Promise<void> {
  const values = { host, port: bench.sink.port, user: 'u', password: 'p', secure: false };
  const made = await bench.server.ok('POST', '/v1/credentials', { type: 'smtp', name: 'R', values });
  const parameters: JsonObject = { fromEmail: 'a@example.com', toEmail: 'b@example.com', subject: 's', html: 'x' };
  const credentials = { smtp: { id: String(made['id']), name: 'R' } };
  const flow = await bench.server.create(
    chain('A9 rebinding', [manual(), node('ask', 'email-send', 2.1, parameters, { credentials, timeoutMs: 6_000 })]),
  );
  for (const time of [0, 1]) {
    const before = bench.sink.connections;
    const run = await bench.server.start(flow, { input: {} });
    bench.judge(`A9/rebinding/smtp/${host}/${time}`, host, run, before, { byNetwork: true });
  }
}
