import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path, { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { n8nChain, set, start, testWorld } from '../../sdk/cli/testing.ts';
import { Server } from './server.ts';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.stop());

interface FileReport {
  file: string;
  workflows: { id?: string; name: string; report: object }[];
  problems: object[];
}

/** Some of the real files, when they are there: every fortieth. */
function realFiles(): string[] {
  const folder = path.resolve('..', 'shared', 'data', 'n8n', 'workflows');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name, index) => name.endsWith('.json') && index % 40 === 0)
    .map((name) => readFileSync(path.join(folder, name), 'utf8'));
}

describe('the report of an import', () => {
  it('[N8N19] is the same from the server and from the command line alone', async ({ expect }) => {
    const { url, apiKey } = server.ready;
    const world = testWorld({ env: { MILLRACE_URL: url, MILLRACE_KEY: apiKey } });
    world.file('chain.json', n8nChain(start, set('Set', 'a', 'b')));
    world.file('list.json', [n8nChain(start), { nodes: [{ name: 'x', type: 'acme.x' }, null, { name: 'x' }] }]);
    world.file('none.json', { no: 'workflow' });
    for (const [index, text] of realFiles().entries()) world.file(`real-${index}.json`, text);

    const report = join(world.folder, 'made', 'report.out');
    mkdirSync(join(world.folder, 'made'));
    const reports: FileReport[][] = [];
    for (const more of [[], ['--dry-run']]) {
      const ran = await world.run('import', '.', '--report', report, ...more);
      expect(ran.err).not.toContain('error:');
      reports.push(JSON.parse(readFileSync(report, 'utf8')) as FileReport[]);
    }
    const [served, local] = reports.map((files) =>
      files.map(({ file, workflows }) => ({
        file,
        workflows: workflows.map(({ name, report: each }) => ({ name, report: each })),
      })),
    );
    expect(served?.length).toBeGreaterThanOrEqual(3);
    expect(served?.flatMap(({ workflows }) => workflows).length).toBeGreaterThanOrEqual(3);
    expect(served).toEqual(local);
  });
});
