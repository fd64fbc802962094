import type { Canary } from '../served/canary.ts';
import type { Server } from '../served/server.ts';
import type { Sink } from './sink.ts';

/** One attempt, as reports name it. */
export interface Attempt {
  /** Stable, e.g. `A1/constructor/template/array`. */
  id: string;
  /** One line: what it tries. */
  about: string;
}

export interface Finding extends Attempt {
  why: string;
}

export interface GroupResult {
  cases: number;
  /** Attempts that reached something, or went on beyond a limit without an error that has a name. */
  succeeded: Finding[];
  /** Attempts without an answer within their limit. */
  hung: Finding[];
}

/** What a group may use; started when first asked for, shared by all. */
export interface AttackContext {
  /** The product as `npm start` runs it: real workerd, real objects, over HTTP. */
  server(): Promise<Server>;
  /** The neighbour of that server: answered rightly all the time, or somebody reached it. */
  canary(): Promise<Canary>;
  /** A listener on the loopback address that notes who came. */
  sink(): Promise<Sink>;
  /** Whether a case is in this run: a sample leaves out the others. Controls are never asked about. */
  takes(id: string): boolean;
  say(text: string): void;
}

/** A file or folder in groups/, found by its place. Throws when its own controls show that it would not notice. */
export interface Group {
  /** As in the security reference: `A1`. */
  name: string;
  title: string;
  run(context: AttackContext): Promise<GroupResult>;
}

/** The group cannot tell an attack from none: its result would say nothing. */
export class BlindOracle extends Error {}
