import { connect } from 'node:net';
import type { Json } from '../../../../core/data/item.ts';
import { code, node, set } from '../../../served/documents.ts';
import { freePort, sleep, type StepView } from '../../../served/server.ts';
import { type AttackContext, BlindOracle, type Finding, type Group, type GroupResult } from '../../group.ts';
import { isNamed, type Planned, runAlone, runBatches } from '../../served.ts';
import { codePayloads, slowCodePayloads } from './code.ts';
import { handMade } from './expressions.ts';
import { pythonPayloads } from './python.ts';
import type { Payload } from './payload.ts';
import { PROOF } from './payload.ts';
import { spelled } from './spellings.ts';

/** What the item holds that expressions read. */
export const INPUT = { keys: ['constructor', '__proto__', 'prototype'], template: '={{ 1337 * 7331 }}' };

const asText = (expression: string): string => expression.replaceAll('}}', '} }');
/** As a value, or as the text a Set node makes of it. */
const same = (a: unknown, b: Json): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || a === (typeof b === 'object' ? JSON.stringify(b) : String(b));
/** How the host's own mistakes read: a message of ours names what the author can do. */
const HOST_FAULT =
  /Cannot (read|set|convert)|is not (a function|iterable|defined)|Maximum call stack|out of memory|\bat .*:\d+:\d+/;

/** Why a value or an error code means that an expression got further than it may; undefined: it did not. */
export function verdict(payload: Payload, value: Json | undefined, error: string | undefined): string | undefined {
  if (error !== undefined) return isNamed(error) ? undefined : `failed without a name: ${error}`;
  if (value === undefined || value === null || value === '') {
    return payload.isBomb ? 'was not stopped' : undefined;
  }
  if (!payload.isBomb && payload.harmless?.some((each) => same(value, each))) return undefined;
  return `gave ${JSON.stringify(value).slice(0, 300)}`;
}

/** Expressions that get through by design: when they are not reported, nothing would be. */
export const CONTROLS: readonly Payload[] = [
  { id: 'A1/control/value', about: 'an expression that gives something', code: '"reached"' },
  { id: 'A1/control/proof', about: 'a text like that of generated code', code: `"ran-" + 1337 * 7331` },
  { id: 'A1/control/object', about: 'an object that should not be there', code: '({ host: [1] })' },
  { id: 'A1/control/bomb', about: 'a bomb that does not go off', code: '1', isBomb: true },
];

const NEIGHBOUR: Payload = { id: 'A1/neighbour', about: 'anything another workflow notices', code: '' };

class Tally {
  cases = 0;
  readonly succeeded: Finding[] = [];
  readonly hung: Finding[] = [];
  /** Controls that were reported, as they should. */
  readonly seen = new Set<string>();

  note(payload: Payload, why: string | undefined, isHang = false): void {
    if (payload.id.startsWith('A1/control/')) {
      if (why !== undefined) this.seen.add(payload.id);
      return;
    }
    this.cases++;
    if (why === undefined) return;
    (isHang ? this.hung : this.succeeded).push({ id: payload.id, about: payload.about, why });
  }
}

interface Answer {
  value: Json | undefined;
  error: string | undefined;
}

/** A node that goes on says what failed as data: by message, without a code. */
function answerOf(step: StepView): Answer {
  const json = step.outputs[0]?.[0]?.json ?? {};
  const message = json['error'];
  if (step.error) return { value: undefined, error: step.error.code };
  if (typeof message !== 'string' || 'r' in json) return { value: json['r'], error: undefined };
  return { value: undefined, error: HOST_FAULT.test(message) ? message : 'named' };
}

function plan(payload: Payload, made: Planned['node'], tally: Tally): Planned {
  return {
    node: made,
    judge(step, run) {
      if (!step || !['success', 'error'].includes(step.status)) {
        tally.note(payload, `no answer: the run is ${run.status} ${run.error?.code ?? ''}`, true);
      } else {
        const { value, error } = answerOf(step);
        tally.note(payload, verdict(payload, value, error));
      }
    },
  };
}

/** The same payload where the value keeps its type, and inside a text. */
function expressionPlans(payloads: readonly Payload[], tally: Tally): Planned[] {
  return payloads.map((payload) => plan(payload, set('x', { r: `={{ ${asText(payload.code)} }}` }), tally));
}

/** In a text nothing shows for nothing, so whatever shows is a success; proofs are looked for by name. */
function textPlans(payloads: readonly Payload[], tally: Tally): Planned[] {
  return payloads.map((payload) => ({
    node: set('x', { r: `=[{{ ${asText(payload.code)} }}]` }),
    judge(step, run) {
      const inText = { ...payload, id: `${payload.id}/in-text` };
      if (!step || !['success', 'error'].includes(step.status)) {
        return tally.note(inText, `no answer: the run is ${run.status}`, true);
      }
      const { value } = answerOf(step);
      const proven =
        typeof value === 'string' && (value.includes(PROOF) || /native code|\[object (?!Object)/.test(value));
      tally.note(inText, proven ? `gave ${value}` : undefined);
    },
  }));
}

async function attackExpressions(context: AttackContext, tally: Tally): Promise<void> {
  const server = await context.server();
  const all = [...handMade(), ...spelled()].filter(({ id }) => context.takes(id));
  const bombs = all.filter(({ isBomb }) => isBomb);
  const others = all.filter(({ isBomb }) => !isBomb);
  const input = [INPUT] as unknown as Json;
  await runBatches(server, 'Expressions', expressionPlans([...CONTROLS, ...others], tally), { input });
  context.say(`  ${tally.cases} expressions, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  const inText = others.filter((_, index) => index % 8 === 0);
  await runBatches(server, 'Expressions in a text', textPlans(inText, tally), { input });
  context.say(`  ${tally.cases} with texts, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  await runAlone(server, 'Bomb', expressionPlans(bombs, tally), input);
  context.say(`  ${tally.cases} with bombs, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
}

async function attackCode(context: AttackContext, tally: Tally): Promise<void> {
  const [server, sink] = await Promise.all([context.server(), context.sink()]);
  const before = sink.connections;
  const isTaken = ({ id }: Payload): boolean => context.takes(id);
  const payloads = codePayloads({ sink, product: server.ready.url }).filter(isTaken);
  const plansOf = (wanted: boolean): Planned[] =>
    payloads
      .filter(({ isBomb = false }) => isBomb === wanted)
      .map((payload) => plan(payload, code('x', payload.code), tally));
  const input = [INPUT] as unknown as Json;
  await runBatches(server, 'Code', plansOf(false), { input, batch: 40 });
  await runAlone(server, 'Code', plansOf(true), input);
  context.say(`  ${tally.cases} with JavaScript`);
  const python = pythonPayloads(sink)
    .filter(isTaken)
    .map((payload) => plan(payload, node('x', 'code', 2, { language: 'python', pythonCode: payload.code }), tally));
  await runBatches(server, 'Python', python, { input, batch: 40 });
  await attackListening(context, tally);
  if (sink.connections !== before) {
    tally.note(
      { id: 'A1/code/connections', about: 'any way to the network', code: '' },
      `${sink.connections - before} connections were opened`,
    );
  }
  context.say(`  ${tally.cases} with code, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  const slow = slowCodePayloads()
    .filter(isTaken)
    .map((payload) => plan(payload, code('x', payload.code), tally));
  await Promise.all(slow.map((each) => runAlone(server, 'Code that never yields', [each])));
  context.say(
    `  ${tally.cases} with code that never yields, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`,
  );
}

/** Code that waits for callers: somebody calls while it waits. */
async function attackListening(context: AttackContext, tally: Tally): Promise<void> {
  const server = await context.server();
  const port = await freePort();
  const payload: Payload = {
    id: 'A1/code-network/server',
    about: 'a server of its own',
    code: `const http = await import('node:http');
try { http.createServer((_, reply) => reply.end('x')).listen(${port}) } catch {}
try { (await import('node:net')).createServer((socket) => socket.end('x')).listen(${port}) } catch {}
await new Promise((done) => setTimeout(done, 1200)); return [{ json: { r: null } }]`,
  };
  let isOver = false;
  let connected = 0;
  const running = runAlone(server, 'Listening', [plan(payload, code('x', payload.code), tally)]).finally(() => {
    isOver = true;
  });
  while (!isOver) {
    if (await canConnect(port)) connected++;
    await sleep(50);
  }
  await running;
  if (connected > 0) tally.note({ ...payload, id: `${payload.id}/reached` }, `took ${connected} connections`);
}

const canConnect = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });

async function attack(context: AttackContext): Promise<GroupResult> {
  const tally = new Tally();
  const canary = await context.canary();
  // The next caller must not notice: answered rightly all the time, and after it.
  await canary
    .during(async () => {
      await attackExpressions(context, tally);
      await attackCode(context, tally);
    })
    .catch((error: unknown) => tally.note(NEIGHBOUR, String(error)));
  const missed = CONTROLS.filter(({ id }) => !tally.seen.has(id));
  if (missed.length > 0) throw new BlindOracle(`Not noticed: ${missed.map(({ id }) => id).join(', ')}`);
  const { cases, succeeded, hung } = tally;
  return { cases, succeeded, hung };
}

export const group: Group = { name: 'A1', title: 'escapes from expressions and code', run: attack };
