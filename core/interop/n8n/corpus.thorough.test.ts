import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, it } from 'vitest';
import { parseWorkflow } from '../../graph/validate.ts';
import { exportN8n, importN8n } from './index.ts';

const folder = path.resolve('..', 'shared', 'data', 'n8n', 'workflows');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
const types = new Map(
  ['set', 'httpRequest', 'if', 'merge', 'code', 'webhook', 'manualTrigger'].map((name) => [
    `n8n-nodes-base.${name}`,
    { type: name, versions: [1, 2, 3.4, 4.2] },
  ]),
);

describe('files people share', () => {
  it('[N8N2] [N8N12] all import, are valid, and come back equal', ({ expect, skip }) => {
    if (files.length === 0) skip('../shared/data/n8n/workflows is not there: no files to read');
    const failed: string[] = [];
    for (const file of files) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      const { workflows, problems } = importN8n(JSON.parse(text), { types });
      const stored = JSON.parse(JSON.stringify(workflows[0]?.workflow ?? null));
      if (problems.length > 0 || workflows.length !== 1) failed.push(`${file}: not imported`);
      else if (!parseWorkflow(stored).ok) failed.push(`${file}: not valid`);
      else if (!isDeepStrictEqual(exportN8n(stored), JSON.parse(text))) failed.push(`${file}: comes back different`);
      // A patch of the whole list would make the comparison above prove nothing.
      if (JSON.stringify(stored?.foreign).includes('"at":["nodes"]')) failed.push(`${file}: keeps its nodes twice`);
    }
    expect(failed).toEqual([]);
    expect(files.length).toBeGreaterThanOrEqual(639);
  });
});
