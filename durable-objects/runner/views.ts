import type { BinaryRef } from '../../core/data/item.ts';
import type { RunEvent } from '../../core/engine/events.ts';
import { replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import { boundedStepViews, startData } from '../../core/engine/view.ts';
import { costOf, type RunCost } from '../../core/quota/cost.ts';
import { failedRunOf } from '../../core/shard/calls.ts';
import type { Shard } from '../../core/shard/shard.ts';
import type { Addresses } from './addresses.ts';
import { calledRuns } from './called.ts';
import { MAX_WAIT_MS } from './deadline.ts';
import { notFound, refuse } from './desk.ts';
import { headOf } from './head.ts';
import type { History } from './history.ts';
import type { Journal } from './journal.ts';
import { findHead, listRuns, publicHead } from './list.ts';
import type { Programs } from './programs.ts';
import {
  type CalledCall,
  type CalledReply,
  type ListCall,
  type ListReply,
  type Outcome,
  parseRunId,
  type RunHead,
  type RunView,
} from './protocol.ts';
import { fileOf } from './run-file.ts';
import type { RunnerStore, StoredHead } from './store.ts';

/** A view leaves in one message of at most 32 MiB, where text that is not Latin takes two bytes a character. */
const MAX_VIEW_CHARS = 12 * 1024 * 1024;

interface ViewsDeps {
  /** Number of the shard. */
  number: number;
  shard: Shard;
  store: RunnerStore;
  journal: Journal;
  history: History;
  programs: Programs;
  addresses: Addresses;
}

interface Recorded {
  run: Run;
  last: number;
  events: RunEvent[];
}

/** Runs as they are read: those in memory, and those that are rebuilt from their journals for it. */
export class Views {
  private readonly deps: ViewsDeps;

  constructor(deps: ViewsDeps) {
    this.deps = deps;
  }

  /** JSON text of a RunView. */
  of(run: Run): string {
    const view: RunView = {
      ...publicHead(headOf(run, 0)),
      data: startData(run),
      nodes: boundedStepViews(run, MAX_VIEW_CHARS),
    };
    const reruns = this.deps.store.reruns(run.id);
    if (reruns.length > 0) view.reruns = reruns;
    const { parent } = run.start;
    if (parent) {
      const { run: caller, step, name } = parent;
      view.calledBy = { run: caller, step, ...(name === undefined ? {} : { nodeName: name }) };
    }
    if (run.errorRun !== undefined) view.errorRun = run.errorRun;
    if (run.owesHandoff) view.errorRunDue = true;
    const failed = failedRunOf(run);
    if (failed !== undefined) view.errorOf = failed;
    if (Object.keys(run.customData).length > 0) view.customData = run.customData;
    const { active } = run;
    if (!run.final && active?.state.kind === 'wait' && active.state.signal !== undefined) {
      const node = run.program.graph.nodes[active.node]?.def.id ?? '';
      const { signal } = active.state;
      const { addresses } = this.deps;
      const url = signal === 'form' ? addresses.ofForms(run.id) : addresses.ofStep(run.id, active.index);
      view.resumeUrls = [{ node, url }];
    }
    return JSON.stringify(view);
  }

  /** Waits at most so long until nothing moves the run but somebody's order. */
  async later(id: string, waitMs: number): Promise<Outcome<string>> {
    const live = this.deps.shard.runs.get(id);
    if (live && !isAtRest(live) && waitMs > 0) {
      await new Promise<void>((resolve) => {
        this.deps.shard.watch(id, { rest: () => resolve() });
        setTimeout(resolve, Math.min(waitMs, MAX_WAIT_MS));
      });
      return this.later(id, 0);
    }
    if (live && this.deps.journal.lastSlot(live) !== undefined) return { ok: true, value: this.of(live) };
    const past = await this.past(id);
    return past ? { ok: true, value: this.of(past) } : notFound();
  }

  async file(id: string, file: string): Promise<Outcome<BinaryRef>> {
    const run = await this.find(id);
    if (!run) return notFound();
    const found = fileOf(run, file);
    return found ? { ok: true, value: found } : refuse(404, 'file-unknown', 'No item of this run holds such a file.');
  }

  async cost(id: string): Promise<Outcome<RunCost>> {
    const recorded = await this.recorded(id);
    return recorded ? { ok: true, value: costOf(recorded.run, recorded.events) } : notFound();
  }

  list(call: ListCall): Outcome<ListReply> {
    return { ok: true, value: listRuns(this.deps.store, (id) => this.liveHead(id), call) };
  }

  async called(id: string, call: CalledCall): Promise<Outcome<CalledReply>> {
    const run = await this.find(id);
    if (!run) return notFound();
    const stored = (child: string): RunHead | undefined => {
      const head = this.headIn(child);
      return head && publicHead(head);
    };
    return { ok: true, value: calledRuns(run, (child) => this.liveHead(child) ?? stored(child), call) };
  }

  async find(id: string): Promise<Run | undefined> {
    return this.deps.shard.runs.get(id) ?? (await this.past(id));
  }

  /** A run with its events, a live one's as far as they are recorded; `last`: the slot of the newest. */
  async recorded(id: string): Promise<Recorded | undefined> {
    const live = this.deps.shard.runs.get(id);
    const last = live ? this.deps.journal.lastSlot(live) : this.headIn(id)?.last;
    const run = live ?? (await this.past(id));
    return run && last !== undefined ? { run, last, events: await this.deps.history.events(id, last) } : undefined;
  }

  /** A run that is not in memory, rebuilt for reading. */
  async past(id: string): Promise<Run | undefined> {
    const found = this.headIn(id);
    if (!found) return undefined;
    const program = await this.deps.programs.load({ workflow: found.workflow, version: found.version });
    if (!program) return undefined;
    return replay(id, program, await this.deps.history.events(id, found.last));
  }

  private liveHead(id: string): RunHead | undefined {
    const run = this.deps.shard.runs.get(id);
    return run && this.deps.journal.lastSlot(run) !== undefined ? publicHead(headOf(run, 0)) : undefined;
  }

  private headIn(id: string): StoredHead | undefined {
    const address = parseRunId(id);
    return address?.shard === this.deps.number ? findHead(this.deps.store, address.segment, id) : undefined;
  }
}

/** Nothing moves it but somebody's order. */
const isAtRest = ({ final, active }: Run): boolean =>
  final !== undefined || (active?.state.kind === 'wait' && active.state.untilMs === undefined);
