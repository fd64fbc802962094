import { createContext, useContext } from 'react';
import type { Client } from '../../sdk/client/index.ts';
import { useClient } from '../session/session.tsx';
import { bytesOf, type FileRef } from './file.ts';

/** Id of the run whose items are shown: its stored files are read through it. */
export const RunFiles = createContext<string | undefined>(undefined);

/** Reads a file's bytes; undefined where no run is known that it could be read through. */
export function useReadFile(file: FileRef): ((signal?: AbortSignal) => Promise<Blob>) | undefined {
  const client = useClient();
  const run = useContext(RunFiles);
  const { data, id, mimeType = '' } = file;
  if (data !== undefined) return async () => new Blob([bytesOf(data)], { type: mimeType });
  if (run === undefined || id === undefined) return undefined;
  return (signal) => stored(client, { id: run, file: id }, signal);
}

async function stored(client: Client, params: { id: string; file: string }, signal?: AbortSignal): Promise<Blob> {
  return (await client.open('GET /v1/runs/{id}/files/{file}', { params }, signal ? { signal } : {})).blob();
}
