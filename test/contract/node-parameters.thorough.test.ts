import { describe, it } from 'vitest';
import { defineNode } from '../../core/node/kit.ts';
import { NODES } from '../../core/nodes/registry.generated.ts';
import { hasRealParameters, trialsOf } from './examples.ts';
import { isHeavy, mutated, MUTATIONS } from './mutations.ts';
import { faultOf, trialOf } from './try-node.ts';

/** One of so many combinations is tried, each place and each value often; `EVERY_PARAMETER=1` tries all, in minutes. */
const STRIDE = process.env['EVERY_PARAMETER'] ? 1 : 8;
/** Of the slow values. */
const HEAVY_STRIDE = STRIDE * 3;

/** One call of one node: beyond it, it hangs. CPU, as others use the machine too. */
const MAX_CPU_MS = 3_000;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

async function faultsOf(type: (typeof NODES)[number], only?: string): Promise<string[]> {
  const { examples, paths } = trialsOf(type);
  const faults = new Set<string>();
  for (const [index, path] of paths.entries()) {
    for (const [at, [name, value]] of MUTATIONS.entries()) {
      if (only !== undefined && name !== only) continue;
      // Each place with each value once, over the examples in turn: the cross would say little more.
      const example = examples[(index + at) % examples.length] ?? { version: type.version, parameters: {} };
      // Three is prime to both strides: every place meets other values than its neighbours.
      if ((index * 5 + at) % (isHeavy(name) ? HEAVY_STRIDE : STRIDE) !== 0 && only === undefined) continue;
      const startedAt = cpuMs();
      const trial = trialOf(example.version, mutated(example.parameters, path, value), (index + at) % 2 === 0);
      const fault = await faultOf(type, trial);
      const took = cpuMs() - startedAt;
      if (fault !== undefined) faults.add(`${path.join('.')} as ${name}: ${fault}`);
      if (took > MAX_CPU_MS) faults.add(`${path.join('.')} as ${name}: took ${Math.round(took)} ms`);
    }
  }
  return [...faults];
}

describe('every parameter of every node, as the wrong thing', () => {
  for (const type of NODES) {
    it(`${type.type} answers or fails by name`, { timeout: 60_000 }, async ({ expect }) => {
      expect(await faultsOf(type)).toEqual([]);
    });
  }

  it('notices a node that trusts its parameters', async ({ expect }) => {
    const trusting = defineNode({
      type: 'trusting',
      title: 'Trusting',
      summary: '',
      group: 'data',
      icon: 'list',
      version: 1,
      fields: [{ name: 'name', label: 'Name', type: 'string', default: 'x' }],
      compile: (kit) => ({
        outputs: 1,
        run: ({ scope }) => {
          kit.param<string>('name').at(scope(0)).toUpperCase();
          return { kind: 'output', outputs: [[]] };
        },
      }),
    });
    const faults = await faultsOf(trusting, 'list');
    expect(faults).toEqual([expect.stringMatching(/^name as list: TypeError/)]);
    expect(await faultsOf(trusting, 'text')).toEqual([]);
  });

  it.skipIf(!hasRealParameters)('knows parameters of real files (skipped where the data is absent)', ({ expect }) => {
    const set = NODES.find(({ type }) => type === 'set');
    expect(set && trialsOf(set).examples.length).toBeGreaterThan(2);
  });
});
