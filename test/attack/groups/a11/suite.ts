import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ARCHIVE = resolve(import.meta.dirname, '../../../../../shared/data/sets/json.tar.xz');

/** JSONTestSuite (MIT), where it is at hand: files a parser must take (y), must refuse (n), or may do either with (i). */
export function jsonTestSuite(): { name: string; bytes: Buffer }[] {
  if (!existsSync(ARCHIVE)) return [];
  const folder = mkdtempSync(join(tmpdir(), 'json-suite-'));
  try {
    execFileSync('tar', ['xJf', ARCHIVE, '-C', folder]);
    const files = join(folder, 'json/test_parsing');
    return readdirSync(files)
      .sort()
      .map((name) => ({ name, bytes: readFileSync(join(files, name)) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
