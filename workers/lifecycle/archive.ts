import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { problemsOf } from '../kit/problem.ts';
import { errors } from '../areas/organization/contract.ts';
import { EXPORT_FORMAT } from './export.ts';
import type { EntryHead } from './zip.ts';

const problem = problemsOf(errors);

/** It lies in memory while it is imported. */
const MAX_UNPACKED_BYTES = 64 * 1024 * 1024;
const MAX_ENTRIES = 20_000;

const HINT = 'Send the zip file that GET /v1/organization/export gave.';

/** The entries of an export whose manifest holds for every one of them. @throws Problem */
export function readArchive(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const files = unpack(bytes);
  const manifest = manifestIn(files.get('manifest.json'));
  files.delete('manifest.json');
  const heads = new Map(manifest.map((head) => [head.name, head]));
  for (const name of new Set([...files.keys(), ...heads.keys()])) {
    const file = files.get(name);
    const head = heads.get(name);
    const isRight = file && head && createHash('sha256').update(file).digest('hex') === head.sha256;
    if (isRight) continue;
    throw problem('archive-damaged', {
      detail: `The entry ${JSON.stringify(name.slice(0, 200))} is not what the manifest says.`,
      hint: 'Import the file as GET /v1/organization/export gave it.',
    });
  }
  return files;
}

function unpack(bytes: Uint8Array): Map<string, Uint8Array> {
  let [total, count] = [0, 0];
  try {
    const files = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        count++;
        if (total > MAX_UNPACKED_BYTES || count > MAX_ENTRIES) {
          const detail = `At most ${MAX_UNPACKED_BYTES / 1024 / 1024} MiB in ${MAX_ENTRIES} entries when unpacked.`;
          throw problem('archive-too-large', { detail });
        }
        return true;
      },
    });
    return new Map(Object.entries(files));
  } catch (error) {
    if (error instanceof Error && error.name === 'Problem') throw error;
    throw problem('archive-unreadable', { hint: HINT });
  }
}

function manifestIn(bytes: Uint8Array | undefined): EntryHead[] {
  const manifest = bytes && jsonOf(bytes);
  if (typeof manifest === 'object' && manifest !== null && 'format' in manifest && 'entries' in manifest) {
    const { format, entries } = manifest;
    const isList =
      Array.isArray(entries) &&
      entries.every((each) => typeof each?.name === 'string' && typeof each?.sha256 === 'string');
    if (format === EXPORT_FORMAT && isList) return entries as EntryHead[];
  }
  throw problem('archive-unreadable', { detail: `Its manifest.json does not say ${EXPORT_FORMAT}.`, hint: HINT });
}

/** The values of an entry with one JSON a line. @throws Problem `archive-unreadable` */
export function linesOf(files: ReadonlyMap<string, Uint8Array>, name: string): unknown[] {
  const bytes = files.get(name);
  if (!bytes) return [];
  const text = new TextDecoder().decode(bytes);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      try {
        return JSON.parse(line) as unknown;
      } catch {
        throw problem('archive-unreadable', { detail: `${name}, line ${at + 1}, is not JSON.`, hint: HINT });
      }
    });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
