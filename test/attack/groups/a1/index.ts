import type { Json } from '../../../../core/data/item.ts';
import { Canary } from '../../../served/canary.ts';
import { code, set } from '../../../served/documents.ts';
import type { StepView } from '../../../served/server.ts';
import { type AttackContext, BlindOracle, type Finding, type Group, type GroupResult } from '../../group.ts';
import { isNamed, type Planned, runBatches } from '../../served.ts';
import { codePayloads, slowCodePayloads } from './code.ts';
import { handMade } from './expressions.ts';
import type { Payload } from './payload.ts';
import { PROOF } from './payload.ts';
import { spelled } from './spellings.ts';

/** What the item holds that expressions read. */
export const INPUT = { keys: ['constructor', '__proto__', 'prototype'], template: '={{ 1337 * 7331 }}' };

const asText = (expression: string): string => expression.replaceAll('}}', '} }');
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Why a value or an error code means that an expression got further than it may; undefined: it did not. */
export function verdict(payload: Payload, value: Json | undefined, error: string | undefined): string | undefined {
  if (error !== undefined) return isNamed(error) ? undefined : `failed without a name: ${error}`;
  if (value === undefined || value === null || value === '') {
    return payload.isBomb ? 'was not stopped' : undefined;
  }
  if (!payload.isBomb && payload.harmless?.some((each) => same(each, value))) return undefined;
  return `gave ${JSON.stringify(value).slice(0, 300)}`;
}

/** Expressions that get through by design: when they are not reported, nothing would be. */
export const CONTROLS: readonly Payload[] = [
  { id: 'A1/control/value', about: 'an expression that gives something', code: '"reached"' },
  { id: 'A1/control/proof', about: 'a text like that of generated code', code: `"ran-" + 1337 * 7331` },
  { id: 'A1/control/object', about: 'an object that should not be there', code: '({ host: [1] })' },
  { id: 'A1/control/bomb', about: 'a bomb that does not go off', code: '1', isBomb: true },
];

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

const valueOf = (step: StepView): Json | undefined => step.outputs[0]?.[0]?.json['r'];

function plan(payload: Payload, node: Planned['node'], tally: Tally): Planned {
  return {
    node,
    judge(step, run) {
      if (!step || !['success', 'error'].includes(step.status)) {
        tally.note(payload, `no answer: the run is ${run.status} ${run.error?.code ?? ''}`, true);
      } else tally.note(payload, verdict(payload, step.error ? undefined : valueOf(step), step.error?.code));
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
      const value = step.error ? undefined : valueOf(step);
      const proven =
        typeof value === 'string' && (value.includes(PROOF) || /native code|\[object (?!Object)/.test(value));
      tally.note(inText, proven ? `gave ${value}` : undefined);
    },
  }));
}

async function attackExpressions(context: AttackContext, tally: Tally): Promise<void> {
  const server = await context.server();
  const all = [...handMade(), ...spelled()];
  const bombs = all.filter(({ isBomb }) => isBomb);
  const others = all.filter(({ isBomb }) => !isBomb);
  const input = [INPUT] as unknown as Json;
  await runBatches(server, 'Expressions', expressionPlans([...CONTROLS, ...others], tally), { input });
  context.say(`  ${tally.cases} expressions, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  const inText = others.filter((_, index) => index % 4 === 0);
  await runBatches(server, 'Expressions in a text', textPlans(inText, tally), { input });
  context.say(`  ${tally.cases} with texts, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  // Few a run: each may take all that one evaluation has.
  await runBatches(server, 'Bombs', expressionPlans(bombs, tally), { input, batch: 14 });
  context.say(`  ${tally.cases} with bombs, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
}

async function attackCode(context: AttackContext, tally: Tally): Promise<void> {
  const [server, sink] = await Promise.all([context.server(), context.sink()]);
  const before = sink.connections;
  const payloads = codePayloads({ sink, product: server.ready.url });
  const plans = payloads.map((payload) => plan(payload, code('x', payload.code), tally));
  await runBatches(server, 'Code', plans, { input: [INPUT] as unknown as Json, batch: 40 });
  if (sink.connections !== before) {
    tally.note(
      { id: 'A1/code/connections', about: 'any way to the network', code: '' },
      `${sink.connections - before} connections were opened`,
    );
  }
  context.say(`  ${tally.cases} with code, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`);
  const slow = slowCodePayloads();
  await Promise.all(
    slow.map((payload) =>
      runBatches(server, payload.about, [plan(payload, code('x', payload.code), tally)], { wait: '60s' }),
    ),
  );
  context.say(
    `  ${tally.cases} with code that never yields, ${tally.succeeded.length} succeeded, ${tally.hung.length} hung`,
  );
}

async function attack(context: AttackContext): Promise<GroupResult> {
  const tally = new Tally();
  const canary = await Canary.of(await context.server());
  // The next caller must not notice: answered rightly all the time, and after it.
  await canary
    .during(async () => {
      await attackExpressions(context, tally).catch((error: unknown) =>
        context.say(`  ${String(error)} ${String((error as Error).cause)}`),
      );
      await attackCode(context, tally);
    })
    .catch((error: unknown) => {
      context.say(String(error));
    });
  const missed = CONTROLS.filter(({ id }) => !tally.seen.has(id));
  if (missed.length > 0) throw new BlindOracle(`Not noticed: ${missed.map(({ id }) => id).join(', ')}`);
  const { cases, succeeded, hung } = tally;
  return { cases, succeeded, hung };
}

export const group: Group = { name: 'A1', title: 'escapes from expressions and code', run: attack };
