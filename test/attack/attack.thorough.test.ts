import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, it } from 'vitest';
import type { Json } from '../../core/data/item.ts';
import { compileTemplate, ExpressionError, toJson } from '../../core/expression/index.ts';
import { testScope } from '../../core/expression/testing.ts';
import { codePayloads, slowCodePayloads } from './groups/a1/code.ts';
import { handMade } from './groups/a1/expressions.ts';
import { CONTROLS, INPUT, verdict } from './groups/a1/index.ts';
import type { Payload } from './groups/a1/payload.ts';
import { pythonPayloads } from './groups/a1/python.ts';
import { spelled } from './groups/a1/spellings.ts';
import { disagreements, notices } from './groups/a2/scanner.ts';
import { POLLUTION } from './groups/a6/keys.ts';
import { takes } from './sample.ts';
import { Sink } from './sink.ts';

const ADVISORIES = resolve(import.meta.dirname, '../../../shared/data/sets/advisories.csv');

const expressions = [...handMade(), ...spelled()];

async function everything(): Promise<Payload[]> {
  const sink = await Sink.start();
  sink.stop();
  const code = codePayloads({ sink, product: 'http://127.0.0.1' });
  return [...expressions, ...code, ...slowCodePayloads(), ...pythonPayloads(sink)];
}

/** An evaluator as others had it: the host's own JavaScript with some names taken away. */
const context = createContext({ $json: structuredClone(INPUT), atob, process: undefined, require: undefined });
function weakened({ code }: Payload): string | undefined {
  try {
    const value: unknown = runInContext(`(() => (${code}\n))()`, context, { timeout: 500 });
    if (typeof value === 'function') return 'gave a function';
    // A rejected promise of import() must not end the test run.
    if (typeof value === 'object' && value !== null && 'catch' in value) {
      (value as Promise<unknown>).catch(() => undefined);
      return 'gave a promise';
    }
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : `gave ${text}`;
  } catch {
    return undefined;
  }
}

function ours(payload: Payload): string | undefined {
  const scope = testScope({
    json: [INPUT as unknown as Record<string, Json>],
    nodes: { start: { runs: [{ runIndex: 0, outputs: [[{ json: {} }]] }], paired: [0] } },
  });
  try {
    const value = toJson(compileTemplate(`={{ ${payload.code.replaceAll('}}', '} }')} }}`).at(scope));
    return verdict(payload, value, undefined);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return verdict(payload, undefined, error.code);
  }
}

describe('the attacks themselves', () => {
  it('are many, and each has a name of its own', async ({ expect }) => {
    const all = await everything();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(1_200);
    expect(all.filter(({ about }) => about.length < 3 || about.includes('\n'))).toEqual([]);
  });

  it.skipIf(!existsSync(ADVISORIES))(
    'hold every published escape of n8n (skipped where the list is absent)',
    async ({ expect }) => {
      const about = (await everything()).map((payload) => payload.about).join('\n');
      const wanted = readFileSync(ADVISORIES, 'utf8')
        .split('\n')
        .filter((line) => line.includes(',n8n,') && line.includes(',A1,'))
        .map((line) => /CVE-\d+-\d+/.exec(line)?.[0] ?? line);
      expect(wanted.length).toBeGreaterThan(8);
      expect(wanted.filter((id) => !about.includes(id))).toEqual([]);
    },
  );

  it('get out of an evaluator that filters the host’s JavaScript', ({ expect }) => {
    const innocent = expressions.filter(({ isBomb }) => !isBomb);
    const out = innocent.filter((payload) => weakened(payload) !== undefined);
    // Many of the others start from what this one has not: luxon, $input, functions on texts.
    expect(out.length).toBeGreaterThan(innocent.length / 3);
    const families = new Set(out.map(({ id }) => id.split('/').slice(0, 3).join('/')));
    for (const spelling of ['dot', 'template', 'array-key', 'destructure', 'reducer', 'data', 'base64']) {
      expect(families).toContain(`A1/function/${spelling}`);
    }
  }, 60_000);

  it('do not get out of ours', ({ expect }) => {
    const out = expressions.filter(({ isBomb }) => !isBomb).map((payload) => [payload.id, ours(payload)]);
    expect(out.filter(([, why]) => why !== undefined)).toEqual([]);
  }, 60_000);

  it('are judged by an oracle that sees its controls', ({ expect }) => {
    expect(CONTROLS.map(ours).filter((why) => why === undefined)).toEqual([]);
    const [payload] = CONTROLS as [Payload];
    expect(verdict(payload, null, 'error')).toContain('without a name');
    expect(verdict(payload, null, 'limit')).toBeUndefined();
  });

  it('find a scanner that overlooks a name, and none in ours', ({ expect }) => {
    expect(notices()).toBe(true);
    expect(disagreements(99, 500)).toEqual([]);
  });

  it('pollute with what the product reads: a node would be switched off', ({ expect }) => {
    const polluted = Object.create(POLLUTION) as { disabled?: boolean };
    expect([polluted.disabled, Object.keys(polluted)]).toEqual([true, []]);
  });
});

describe('a sample of the cases', () => {
  const ids = Array.from({ length: 600 }, (_, n) => `A8/area.route-${n}`);

  it('is a part of them, another with each seed, and in time every one', ({ expect }) => {
    const days = Array.from({ length: 30 }, (_, day) =>
      ids.filter((id) => takes({ every: 3, seed: `day ${day}` }, id)),
    );
    for (const day of days) expect(Math.abs(day.length - 200)).toBeLessThan(60);
    expect(days[0]).not.toEqual(days[1]);
    expect(new Set(days.flat()).size).toBe(ids.length);
    expect(ids.filter((id) => takes({ every: 1, seed: '' }, id))).toHaveLength(ids.length);
  });
});
