import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from './main.ts';
import type { World } from './terminal/cli.ts';

interface Ran {
  code: number;
  out: string;
  err: string;
  /** Standard output as JSON documents, one a line. */
  documents: Record<string, unknown>[];
}

interface TestWorld {
  folder: string;
  /** Writes a file into the folder and returns its name. */
  file(name: string, content: unknown): string;
  run(...argv: string[]): Promise<Ran>;
}

/** For one test: a world of its own folder, without a terminal, without environment. */
export function testWorld(given: Partial<World> & { input?: string } = {}): TestWorld {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    file(name, content) {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
      return name;
    },
    async run(...argv) {
      let out = '';
      let err = '';
      const code = await main(argv, {
        out: (text) => void (out += text),
        err: (text) => void (err += text),
        stdin: () => Promise.resolve(given.input ?? ''),
        outIsTty: false,
        errIsTty: false,
        env: {},
        cwd: folder,
        home: folder,
        fetch: (url, init) => fetch(url, init),
        interrupted: new AbortController().signal,
        ...given,
      });
      const lines = out.split('\n').filter((line) => line.startsWith('{'));
      const documents = argv.includes('--json') ? lines.map((line) => JSON.parse(line) as Record<string, unknown>) : [];
      return { code, out, err, documents };
    },
  };
}

type Step = [name: string, type: string, version: number, parameters: object];

/** An n8n file whose nodes stand in a row. */
export function n8nChain(...steps: Step[]): object {
  const nodes = steps.map(([name, type, typeVersion, parameters], index) => ({
    id: `n${index}`,
    name,
    type: `n8n-nodes-base.${type}`,
    typeVersion,
    position: [index * 200, 0],
    parameters,
  }));
  const connections = Object.fromEntries(
    steps
      .slice(1)
      .map(([name], index) => [steps[index]?.[0] ?? '', { main: [[{ node: name, type: 'main', index: 0 }]] }]),
  );
  return { name: 'chain', nodes, connections };
}

export const code = (jsCode: string): Step => ['Code', 'code', 2, { jsCode }];
export const start: Step = ['Start', 'manualTrigger', 1, {}];
export const set = (name: string, field: string, value: string): Step => [
  name,
  'set',
  3.4,
  { assignments: { assignments: [{ id: field, name: field, type: 'string', value }] }, options: {} },
];
