import type { Item } from '../data/item.ts';
import type { RunMode, StartEvent, Starter } from '../engine/events.ts';
import type { Program } from '../engine/program.ts';

/** What a trigger asks for. */
export interface StartRequest {
  program: Program;
  mode: RunMode;
  /** Id of the node to start at. */
  node: string;
  items: Item[];
  destination?: string;
  pinned?: boolean;
  given?: boolean;
  key?: string;
  parent?: NonNullable<StartEvent['parent']>;
  by?: Starter;
}

/** The first event of a run. `key`: the idempotency key, scoped to its workflow. */
export function startEvent(request: StartRequest, at: number, key: string | undefined): StartEvent {
  const { program, mode, node, items, destination, pinned, given, parent, by } = request;
  const event: StartEvent = { t: 'start', at, workflow: program.workflow, version: program.version, mode, node, items };
  if (destination !== undefined) event.destination = destination;
  if (pinned) event.pinned = true;
  if (pinned && given) event.given = true;
  if (key !== undefined) event.key = key;
  if (parent) event.parent = parent;
  if (by) event.by = by;
  return event;
}
