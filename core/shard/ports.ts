import type { JsonObject } from '../data/item.ts';
import type { RunEvent } from '../engine/events.ts';
import type { Run } from '../engine/run.ts';
import type { EffectRequest, HttpReply } from '../node/kit.ts';

/** Names one attempt of one effect; a reply must give it back. */
export interface EffectRef {
  run: string;
  step: number;
  attempt: number;
  round: number;
}

export interface EffectOrder extends EffectRef {
  /** The same for every attempt (promise P3). */
  key: string;
  effect: EffectRequest;
}

/** Asks for a workflow's program, to call it or to hand an error to it. */
export interface LoadOrder {
  workflow: string;
  /** Default: the one that is published now. */
  version?: string;
  /** Version of the run that asks: what it gets is published in the same environment. */
  caller: string;
  for: EffectRef | { handoff: string };
}

/** What a shard needs of its host. All calls are synchronous; the host answers later through the shard's methods. */
export interface ShardPorts {
  now(): number;
  random(): number;
  newRunId(): string;
  /** `step`: which one asks for it. */
  resumeUrl(run: string, step: number): string;
  /** Where a run's forms are answered, and nothing else of it. Absent: at its resume URL. */
  resumeFormUrl?(run: string): string;
  /** Variables of the environment that a version is in (core/environment). */
  vars(version: string): JsonObject;
  /** Adds an event to the current group. A group is committed as a whole or not at all. */
  append(run: Run, event: RunEvent): void;
  /** Runs once everything appended so far is durable: replies and effects that may not be repeated (P1, P3). */
  afterCommit(action: () => void): void;
  perform(order: EffectOrder): void;
  load(order: LoadOrder): void;
  /** Data kept under a name, committed or still in the current group; undefined when there is none. */
  kept(name: string): JsonObject | undefined;
  keep(name: string, data: JsonObject): void;
  /** The run that used an idempotency key, whether committed or still in the current group. */
  findKey(key: string): string | undefined;
  putKey(key: string, run: string): void;
  /**
   * Writes down, in place of the note before, what the next host of this shard is to know (`Shard.recover`); calls back
   * in a later turn, when that is durable.
   */
  note(text: string, then: () => void): void;
  /** Calls back in a later turn: a long run must not keep the others waiting. A host with a clock waits `pauseMs`. */
  later(action: () => void, pauseMs: number): void;
}

/** Someone who wants to hear of a run. Called after the fact is durable. */
export interface Watcher {
  /** The first reply a node gave. */
  reply?(reply: HttpReply): void;
  /** The run finished, or waits for something that has no date, or for the next message of its chat. */
  rest?(run: Run): void;
}
