import { afterAll, beforeAll, describe, it } from 'vitest';
import { PlantedProject } from './planted.ts';

const FILES: Record<string, string> = {
  'core/data.ts': 'export const x = 1;\n',
  'core/plant-fetch.ts': "export const go = () => fetch('https://example.com');\n",
  'core/plant-cloudflare.ts': "import { DurableObject } from 'cloudflare:workers';\nexport const go = DurableObject;\n",
  'core/plant-node.ts': "import { readFileSync } from 'node:fs';\nexport const go = readFileSync;\n",
  'core/plant-timer.ts': 'export const go = () => setTimeout(() => undefined, 1);\n',
  'durable-objects/protocol.ts': 'export const p = 1;\n',
  'workers/areas/a/contract.ts': 'export const c = 1;\n',
  'workers/areas/a/store.ts': 'export const s = 1;\n',
  'sdk/client.ts': "export { c } from '../workers/areas/a/contract.ts';\n",
  'web/ok.ts': "import { c } from '../sdk/client.ts';\nexport const w = [c, document.title];\n",
};

/** Plants that break the direction between projects; each needs the projects below to be clean. */
const DIRECTIONS: Record<string, { file: string; text: string; projects: string[] }> = {
  'core → workers': {
    file: 'core/plant-workers.ts',
    text: "import { s } from '../workers/areas/a/store.ts';\nexport const go = s;\n",
    projects: ['core'],
  },
  'durable-objects → workers': {
    file: 'durable-objects/plant-workers.ts',
    text: "import { s } from '../workers/areas/a/store.ts';\nexport const go = s;\n",
    projects: ['durable-objects'],
  },
  'contract → service': {
    file: 'workers/areas/b/contract.ts',
    text: "import { s } from '../a/store.ts';\nexport const go = s;\n",
    projects: ['workers/tsconfig.contracts.json'],
  },
  'sdk → store': {
    file: 'sdk/plant-store.ts',
    text: "import { s } from '../workers/areas/a/store.ts';\nexport const go = s;\n",
    projects: ['sdk'],
  },
  'web → store': {
    file: 'web/plant-store.ts',
    text: "import { s } from '../workers/areas/a/store.ts';\nexport const go = s;\n",
    projects: ['web'],
  },
};

describe('boundaries held by TypeScript', () => {
  let pure: PlantedProject;
  let errors: Map<string, string[]>;
  const projects: PlantedProject[] = [];
  beforeAll(() => {
    pure = new PlantedProject(FILES);
    projects.push(pure);
    errors = pure.typecheck(['core']);
  });
  afterAll(() => projects.forEach((project) => project.remove()));

  it.for([
    ['core/plant-fetch.ts', 'TS2304'],
    ['core/plant-timer.ts', 'TS2304'],
    ['core/plant-cloudflare.ts', 'TS2307'],
    ['core/plant-node.ts', /TS2(307|591)/],
  ] as const)('core has no ambient host: %s', ([file, code], { expect }) => {
    expect(errors.get(file)?.join(' ')).toMatch(code);
  });

  it.each(Object.entries(DIRECTIONS))('refuses %s', (_, { file, text, projects: built }) => {
    const clean = Object.fromEntries(Object.entries(FILES).filter(([path]) => !path.includes('plant')));
    const project = new PlantedProject({ ...clean, [file]: text });
    projects.push(project);
    const found = project.typecheck(built);
    if (!(found.get(file) ?? []).includes('TS6307')) {
      throw new Error(`no TS6307 in ${file}: ${JSON.stringify([...found])}`);
    }
  });

  it('lets the clean project through', ({ expect }) => {
    const clean = Object.fromEntries(Object.entries(FILES).filter(([path]) => !path.includes('plant')));
    const project = new PlantedProject(clean);
    projects.push(project);
    expect([...project.typecheck(['core', 'durable-objects', 'workers', 'sdk', 'web'])]).toEqual([]);
  });
});
