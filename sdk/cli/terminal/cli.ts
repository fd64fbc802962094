import type { Paint } from './paint.ts';

/** What a command may touch of the world outside; tests give their own. */
export interface World {
  /** Text to standard output and standard error, as it is. */
  out(text: string): void;
  err(text: string): void;
  /** Standard input, to its end. */
  stdin(): Promise<string>;
  outIsTty: boolean;
  errIsTty: boolean;
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  home: string;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal;
}

/** A command's way to speak. Results go to standard output, everything else to standard error. */
export interface Cli {
  readonly world: World;
  readonly json: boolean;
  readonly paint: Paint;
  /** One line for people; nothing with --json. */
  line(text?: string): void;
  /** One JSON document on one line; nothing without --json. */
  emit(value: unknown): void;
  /** A remark that is no result. */
  note(text: string): void;
  /** How far long work is; replaced by the next on a terminal, silent elsewhere. */
  progress(text: string): void;
}
