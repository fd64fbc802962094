import type { BinaryRef } from '../../data/item.ts';

/** One thing to do with remote files, as the executor does it. */
export type FtpCall =
  | { do: 'list'; path: string; recursive: boolean }
  | { do: 'download'; path: string; field: string }
  | { do: 'upload'; path: string; content: { file: BinaryRef } | { text: string } }
  | { do: 'rename'; from: string; to: string; makesFolders: boolean }
  | { do: 'delete'; path: string; folder: boolean; recursive: boolean };
