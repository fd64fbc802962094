import type { BinaryRef } from '../../data/item.ts';

/** One thing to do on an SSH server, as the executor does it. */
export type SshCall =
  | { do: 'execute'; command: string; folder: string }
  | { do: 'download'; path: string; field: string; fileName: string }
  | { do: 'upload'; path: string; fileName: string; file: BinaryRef };
