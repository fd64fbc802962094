import { afterAll, beforeAll, describe, it } from 'vitest';
import { PlantedProject } from './planted.ts';

interface Plant {
  file: string;
  text: string;
  /** Rule that must fire, and words its message must hold: the way out. */
  rule: string;
  says: string;
}

const LAYERS = 'millrace(layers)';
const reach = (specifier: string): string => `import { x } from '${specifier}';\nexport const y = x;\n`;

const PLANTS: Record<string, Plant> = {
  'core imports workers': {
    file: 'core/a/w.ts',
    text: reach('../../workers/x.ts'),
    rule: LAYERS,
    says: 'core is pure',
  },
  'core imports durable-objects': {
    file: 'core/a/d.ts',
    text: reach('../../durable-objects/stubs.ts'),
    rule: LAYERS,
    says: 'core is pure',
  },
  'core imports a package off the list': {
    file: 'core/a/p.ts',
    text: reach('hono'),
    rule: LAYERS,
    says: 'Packages: zod',
  },
  'core imports node:': { file: 'core/a/n.ts', text: reach('node:fs'), rule: LAYERS, says: 'core is pure' },
  'core imports cloudflare:': {
    file: 'core/a/c.ts',
    text: reach('cloudflare:workers'),
    rule: LAYERS,
    says: 'core is pure',
  },
  'the code host imports what its process does not have': {
    file: 'workers/code-host/b.ts',
    text: reach('../../core/x.ts'),
    rule: LAYERS,
    says: 'a process of its own',
  },
  'a transform imports what does IO': {
    file: 'core/nodes/zip/transform.ts',
    text: reach('node:zlib'),
    rule: LAYERS,
    says: 'a transform computes',
  },
  'core re-exports workers': {
    file: 'core/a/r.ts',
    text: "export * from '../../workers/x.ts';\n",
    rule: LAYERS,
    says: 'core is pure',
  },
  'core imports at run time': {
    file: 'core/a/i.ts',
    text: "export const load = () => import('node:fs');\n",
    rule: LAYERS,
    says: 'core is pure',
  },
  'core fetches': {
    file: 'core/a/f.ts',
    text: "export const go = () => fetch('https://example.com');\n",
    rule: 'eslint(no-restricted-globals)',
    says: 'return an effect',
  },
  'core fetches by another name': {
    file: 'core/a/g.ts',
    text: "export const go = () => globalThis.fetch('https://example.com');\n",
    rule: 'eslint(no-restricted-properties)',
    says: 'return an effect',
  },
  'core sets a timer': {
    file: 'core/a/t.ts',
    text: 'export const go = () => setTimeout(() => undefined, 1);\n',
    rule: 'eslint(no-restricted-globals)',
    says: 'timer effect',
  },
  'core reads the host': {
    file: 'core/a/h.ts',
    text: "export const go = () => process.env['A'];\n",
    rule: 'eslint(no-restricted-globals)',
    says: 'take it as an argument',
  },
  'core reads the clock': {
    file: 'core/a/now.ts',
    text: 'export const go = () => Date.now();\n',
    rule: 'eslint(no-restricted-properties)',
    says: 'nowMs',
  },
  'core makes a Date of now': {
    file: 'core/a/date.ts',
    text: 'export const go = () => new Date();\n',
    rule: 'millrace(no-clock)',
    says: 'nowMs',
  },
  'core is random': {
    file: 'core/a/rand.ts',
    text: 'export const go = () => Math.random();\n',
    rule: 'eslint(no-restricted-properties)',
    says: 'random source',
  },
  'identity imports an area': {
    file: 'workers/identity/area.ts',
    text: reach('../areas/hello/store.ts'),
    rule: LAYERS,
    says: 'a bundle of its own',
  },
  'an object imports workers': {
    file: 'durable-objects/room/w.ts',
    text: reach('../../workers/x.ts'),
    rule: LAYERS,
    says: 'reached through bindings',
  },
  "an object imports another object's store": {
    file: 'durable-objects/room/s.ts',
    text: reach('../tenant/store.ts'),
    rule: LAYERS,
    says: 'protocol.ts of other objects',
  },
  'an object fetches': {
    file: 'durable-objects/room/f.ts',
    text: "export const go = () => fetch('https://example.com');\n",
    rule: 'eslint(no-restricted-globals)',
    says: 'workers/executor/egress',
  },
  'a Worker names an object itself': {
    file: 'workers/jobs/n.ts',
    text: "export const go = (ns: { idFromName(n: string): unknown }) => ns.idFromName('a');\n",
    rule: 'eslint(no-restricted-properties)',
    says: 'durable-objects/stubs.ts',
  },
  'a Worker opens a socket': {
    file: 'workers/jobs/sock.ts',
    text: "import { connect } from 'cloudflare:sockets';\nexport const go = connect;\n",
    rule: 'eslint(no-restricted-imports)',
    says: 'workers/executor/egress',
  },
  "a Worker imports an object's store": {
    file: 'workers/jobs/d.ts',
    text: reach('../../durable-objects/tenant/store.ts'),
    rule: LAYERS,
    says: 'stubs.ts and protocol.ts',
  },
  "an area imports another area's store": {
    file: 'workers/areas/a/x.ts',
    text: reach('../b/store.ts'),
    rule: LAYERS,
    says: "the other area's contract.ts or events.ts",
  },
  'an area imports the executor': {
    file: 'workers/areas/a/e.ts',
    text: reach('../../executor/perform.ts'),
    rule: LAYERS,
    says: 'areas are strangers',
  },
  'a contract imports its own store': {
    file: 'workers/areas/a/contract.ts',
    text: reach('./store.ts'),
    rule: LAYERS,
    says: 'shared with the SDK',
  },
  'a connector imports the egress client': {
    file: 'workers/connectors/acme/x.ts',
    text: reach('../../executor/egress/client.ts'),
    rule: LAYERS,
    says: 'a connector is data',
  },
  'sdk imports a service': {
    file: 'sdk/client/s.ts',
    text: reach('../../workers/areas/a/service.ts'),
    rule: LAYERS,
    says: 'core and contracts',
  },
  'web imports workers': {
    file: 'web/app/w.ts',
    text: reach('../../workers/areas/a/service.ts'),
    rule: LAYERS,
    says: 'sdk/client',
  },
  'a building block of the app imports a page': {
    file: 'web/ui/p.ts',
    text: reach('../areas/runs/list.ts'),
    rule: LAYERS,
    says: 'knows no page',
  },
  'a page imports the editor': {
    file: 'web/areas/runs/e.ts',
    text: reach('../../editor/draft.ts'),
    rule: LAYERS,
    says: 'not the editor',
  },
  'web imports a contract past the SDK': {
    file: 'web/app/c.ts',
    text: reach('../../workers/areas/a/contract.ts'),
    rule: LAYERS,
    says: 'sdk/client',
  },
  'web writes markup': {
    file: 'web/app/h.ts',
    text: "export const go = (e: Element) => {\n  e.innerHTML = '<b>';\n};\n",
    rule: 'eslint(no-restricted-properties)',
    says: 'textContent',
  },
  'scripts import test code': {
    file: 'scripts/t.ts',
    text: reach('../test/harness/x.ts'),
    rule: LAYERS,
    says: 'never need test code',
  },
  'an import cycle': {
    file: 'core/a/cycle-a.ts',
    text: "import { b } from './cycle-b.ts';\nexport const a = () => b;\n",
    rule: 'import(no-cycle)',
    says: 'cycle',
  },
  any: {
    file: 'core/a/any.ts',
    text: 'export const a = (x: any) => x;\n',
    rule: 'typescript(no-explicit-any)',
    says: 'any',
  },
  'a non-null assertion': {
    file: 'core/a/bang.ts',
    text: 'export const a = (x?: string) => x!.length;\n',
    rule: 'typescript(no-non-null-assertion)',
    says: 'non-null',
  },
  'a default export': {
    file: 'core/a/def.ts',
    text: 'export default 1;\n',
    rule: 'import(no-default-export)',
    says: 'named',
  },
};

const ALLOWED: Record<string, string> = {
  'core/ok/inside.ts':
    "import { x } from '../a/base.ts';\nimport { z } from 'zod';\nexport const y = [x, z, new Date(0)];\n",
  'core/a/base.ts': 'export const x = 1;\n',
  'core/a/cycle-b.ts': "import { a } from './cycle-a.ts';\nexport const b = () => a;\n",
  'durable-objects/room/ok.ts': "import type { X } from '../tenant/protocol.ts';\nexport type Y = X;\n",
  'workers/main.ts': "export { Tenant } from '../durable-objects/tenant/index.ts';\nexport default {};\n",
  'workers/areas/a/ok.ts':
    "import type { X } from '../b/contract.ts';\nimport { y } from '../../kit/area.ts';\nexport const z: X = y;\n",
  'workers/executor/egress/client.ts': "export const go = () => fetch('https://example.com');\n",
  'durable-objects/stubs.ts': "export const go = (ns: { getByName(n: string): unknown }) => ns.getByName('a');\n",
  'sdk/client/ok.ts': "import type { X } from '../../workers/areas/a/contract.ts';\nexport type Y = X;\n",
  'web/app/ok.ts':
    "import { x } from '../../sdk/client/index.ts';\nimport { z } from '../../core/a/base.ts';\nexport const y = [x, z];\n",
  'core/a/free.test.ts': "import { y } from '../../workers/main.ts';\nexport const z = [y, Date.now()];\n",
};

describe('boundaries held by oxlint', () => {
  let project: PlantedProject;
  let found: ReturnType<PlantedProject['lint']>;
  beforeAll(() => {
    const planted = Object.values(PLANTS).map(({ file, text }) => [file, text] as const);
    project = new PlantedProject({ ...Object.fromEntries(planted), ...ALLOWED });
    found = project.lint();
  });
  afterAll(() => project.remove());

  it.each(Object.entries(PLANTS))('refuses: %s', (_, { file, rule, says }) => {
    const reports = (found.get(file) ?? []).filter((report) => report.rule === rule);
    if (!reports.some(({ message }) => message.includes(says))) {
      throw new Error(`${rule} did not say "${says}" about ${file}; it got ${JSON.stringify(found.get(file) ?? [])}`);
    }
  });

  it('has a plant for every layer', async ({ expect }) => {
    const { LAYERS: layers } = await import('../../scripts/lint/layers.ts');
    const files = Object.values(PLANTS).filter(({ rule }) => rule === LAYERS);
    const without = layers.filter(({ files: pattern }) => !files.some(({ file }) => pattern.test(file)));
    // The composition root may import everything below it; what it may not is held by TypeScript.
    expect(without.map(({ name }) => name)).toEqual(['the composition root']);
  });

  it.each(Object.keys(ALLOWED).filter((file) => !file.includes('cycle')))('lets through: %s', (file) => {
    const reports = (found.get(file) ?? []).filter(({ rule }) => !rule.startsWith('eslint(no-unused'));
    if (reports.length > 0) {
      throw new Error(`${file} was refused: ${JSON.stringify(reports)}`);
    }
  });
});
