import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { create, rename } from './new.ts';
import { updateRegistries } from './registries.ts';

const project = resolve(import.meta.dirname, '..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'new-'));
  mkdirSync(join(root, 'workers'), { recursive: true });
  cpSync(join(project, 'workers/areas/hello'), join(root, 'workers/areas/hello'), { recursive: true });
  cpSync(join(project, 'core/nodes/no-op'), join(root, 'core/nodes/no-op'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const textOf = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.\w+$/.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');

describe('npm run new', () => {
  it('makes an area out of hello, leaving no trace of it, and registers it', ({ expect }) => {
    const target = create(root, 'area', 'rate-limit');
    expect(existsSync(join(target, 'rate-limit.test.ts'))).toBe(true);
    expect(textOf(target)).not.toMatch(/hello/i);
    expect(textOf(target)).toContain("area('rate-limit', contract");
    expect(textOf(target)).toContain("sqliteTable(\n  'rate_limit_notes'");
    expect(textOf(target)).toContain('export { rateLimitArea as area }');
    expect(readFileSync(join(root, 'workers/areas.generated.ts'), 'utf8')).toContain("'./areas/rate-limit/index.ts'");
    expect(updateRegistries(root, true)).toEqual([]);
  });

  it('makes a node that claims no n8n node', ({ expect }) => {
    const target = create(root, 'node', 'delay');
    expect(textOf(target)).toContain("type: 'delay'");
    expect(textOf(target)).not.toContain('n8n');
    expect(readFileSync(join(root, 'core/nodes/registry.generated.ts'), 'utf8')).toContain("'./delay/index.ts'");
  });

  it('refuses names that are no names, and folders that are there', ({ expect }) => {
    for (const name of ['', 'Upper', '../x', 'a--b', '-a', '__proto__', 'a'.repeat(41)]) {
      expect(() => create(root, 'area', name)).toThrow('is not a name');
    }
    expect(() => create(root, 'area', 'hello')).toThrow('already there');
  });

  it('keeps each spelling of the name', ({ expect }) => {
    expect(rename('no-op noOp NoOp no_op', 'no-op', 'rate-limit')).toBe('rate-limit rateLimit RateLimit rate_limit');
  });
});
