import type { BinaryRef, Json } from '../../core/data/item.ts';
import { environmentOf } from '../../core/environment/reference.ts';
import { stepError } from '../../core/engine/execute.ts';
import { migrationProblem, replay } from '../../core/engine/replay.ts';
import type { Run } from '../../core/engine/run.ts';
import { boundedStepViews, startData, stepViews } from '../../core/engine/view.ts';
import { costOf, type RunCost } from '../../core/quota/cost.ts';
import type { EffectOrder, ShardPorts, Watcher } from '../../core/shard/ports.ts';
import { Shard, type StartRequest } from '../../core/shard/shard.ts';
import { meterOf, tenantOf } from '../stubs.ts';
import { Alarm } from './alarm.ts';
import { controlLive } from './control.ts';
import { deadline, MAX_WAIT_MS } from './deadline.ts';
import { type Desk, notFound, refuse } from './desk.ts';
import { headOf } from './head.ts';
import { History } from './history.ts';
import { Hooks } from './hooks.ts';
import { type Performer, type RunnerEnv } from './host.ts';
import { Journal } from './journal.ts';
import { Metering, timerAfter } from './metering.ts';
import { findHead, listRuns, publicHead } from './list.ts';
import { Pages } from './pages.ts';
import { type Documents, Programs } from './programs.ts';
import {
  type ControlCall,
  formatRunId,
  type ListCall,
  type ListReply,
  type Outcome,
  parseRunId,
  type Refusal,
  type RunHead,
  type RunnerStats,
  type RunView,
  type StartCall,
  type StartReply,
} from './protocol.ts';
import { cutBefore } from './rerun.ts';
import { Resumes } from './resumes.ts';
import { restoreRuns } from './restore.ts';
import { fileOf } from './run-file.ts';
import { Housekeeping } from './housekeeping.ts';
import type { RunnerStore, StoredHead } from './store.ts';
import { Standing } from './standing.ts';
import { Starts } from './starts.ts';
import { Streams } from './streams.ts';
import { holderOf, resumeToken, secretOf, visitToken } from './token.ts';
import { Variables } from './variables.ts';

/** A view leaves in one message of at most 32 MiB, where text that is not Latin takes two bytes a character. */
const MAX_VIEW_CHARS = 12 * 1024 * 1024;

export interface ServiceDeps {
  tenant: string;
  shard: number;
  state: DurableObjectState;
  store: RunnerStore;
  env: RunnerEnv;
  documents: Pick<Documents, 'load'>;
  performer: Performer;
  /** All variables of the tenant: JSON text of a VariableTable. */
  variables(): Promise<string>;
}

/** What a runner object does, apart from being an object: connects the pure shard to journal, clock and network. */
export class Service {
  private readonly deps: ServiceDeps;
  private readonly shard: Shard;
  private readonly journal: Journal;
  private readonly programs: Programs;
  private readonly history: History;
  private readonly streams = new Streams();
  private readonly alarms: Alarm;
  private readonly housekeeping: Housekeeping;
  private readonly secret: string;
  private runsStarted = 0;
  /** Live runs that a suspension keeps from going on after a restart. */
  private held: Run[] = [];
  readonly variables: Variables;
  readonly standing: Standing;
  readonly metering: Metering;
  private readonly starts: Starts;
  readonly hooks: Hooks;
  readonly pages: Pages;
  readonly resumes: Resumes;

  constructor(deps: ServiceDeps) {
    this.deps = deps;
    const { store, state, env, tenant } = deps;
    this.history = new History(store, env.FILES);
    this.programs = new Programs({
      store,
      tenant,
      documents: {
        load: (...args) => deps.documents.load(...args),
        published: (...args) => this.publishedVersion(...args),
      },
    });
    this.secret = secretOf(store);
    const epoch = store.takeEpoch();
    this.variables = new Variables(store, deps.variables);
    this.standing = new Standing(store);
    this.journal = new Journal(
      {
        store,
        now: () => Date.now(),
        transaction: (action) =>
          state.storage.transactionSync(() => {
            store.assertEpoch(epoch);
            action();
          }),
        putBlob: (text) => this.putBlob(text),
        committed: (changes) => this.committed(changes),
        counted: (slot, lines) => this.metering.counted(slot, lines),
        // memory and disk may disagree now: start again from disk
        failed: (error) => state.abort(`journal: ${error instanceof Error ? error.message : String(error)}`),
      },
      store.lastBatch(),
      epoch,
    );
    this.metering = new Metering({
      store,
      shard: deps.shard,
      epoch,
      now: () => Date.now(),
      settledBelow: () => this.journal.settledBelow,
      settle: (report) => meterOf(env, tenant).settle(report),
      after: timerAfter,
      unanswered: (error) => console.error(JSON.stringify({ level: 'error', meter: tenant, error: String(error) })),
      effects: (limit) => deps.performer.allow(limit),
    });
    this.shard = new Shard(this.ports());
    this.housekeeping = new Housekeeping({
      store,
      files: env.FILES,
      prefix: `t/${tenant}/runs/${deps.shard}`,
      journal: this.journal,
      state,
      settledBelow: () => this.metering.settledBelow,
      retentionDays: async () => {
        const profile = await tenantOf(env, tenant).profile();
        return profile.ok ? profile.value.retentionDays : undefined;
      },
    });
    const desk = this.desk();
    this.starts = new Starts(desk, {
      of: (run) => this.viewOf(run),
      later: (run, waitMs) => this.view(run, waitMs),
    });
    this.hooks = new Hooks(desk);
    this.pages = new Pages(desk);
    this.resumes = new Resumes(desk);
    this.alarms = new Alarm(state.storage, () => this.nextDue());
  }

  /** Rebuilds every live run from the journal and continues it. */
  async boot(): Promise<void> {
    for (const { key, tat } of this.deps.store.rates(Date.now())) this.shard.admission.remember(key, tat);
    const runs = await restoreRuns({ store: this.deps.store, history: this.history, programs: this.programs });
    for (const { run, row, head } of runs) {
      this.journal.restore(run, row, head);
      if (run.live) this.shard.adopt(run);
      this.metering.adopted(run);
    }
    await this.variables.load();
    if (this.standing.isSuspended) this.held = runs.map(({ run }) => run);
    else if (runs.length > 0) this.recover();
    await this.alarms.repair();
  }

  private recover(): void {
    this.turn(() => this.shard.recover(this.deps.store.note()));
  }

  start(call: StartCall): Promise<Outcome<StartReply>> {
    return this.starts.take(call);
  }

  async view(id: string, waitMs: number): Promise<Outcome<string>> {
    const live = this.shard.runs.get(id);
    if (live && !isAtRest(live) && waitMs > 0) {
      await new Promise<void>((resolve) => {
        this.shard.watch(id, { rest: () => resolve() });
        setTimeout(resolve, Math.min(waitMs, MAX_WAIT_MS));
      });
      return this.view(id, 0);
    }
    if (live && this.journal.lastSlot(live) !== undefined) return { ok: true, value: this.viewOf(live) };
    const past = await this.past(id);
    return past ? { ok: true, value: this.viewOf(past) } : notFound();
  }

  async file(id: string, file: string): Promise<Outcome<BinaryRef>> {
    const run = this.shard.runs.get(id) ?? (await this.past(id));
    if (!run) return notFound();
    const found = fileOf(run, file);
    return found ? { ok: true, value: found } : refuse(404, 'file-unknown', 'No item of this run holds such a file.');
  }

  /** A live run's as far as it is recorded. */
  async cost(id: string): Promise<Outcome<RunCost>> {
    const live = this.shard.runs.get(id);
    const last = live ? this.journal.lastSlot(live) : this.headIn(id)?.last;
    const run = live ?? (await this.past(id));
    if (!run || last === undefined) return notFound();
    return { ok: true, value: costOf(run, await this.history.events(id, last)) };
  }

  list(call: ListCall): Outcome<ListReply> {
    const live = (id: string): RunHead | undefined => {
      const run = this.shard.runs.get(id);
      return run && publicHead(headOf(run, 0));
    };
    return { ok: true, value: listRuns(this.deps.store, live, call) };
  }

  async control(id: string, call: ControlCall): Promise<Outcome<Json>> {
    if (call.kind === 'rerun') return this.rerun(id, call);
    const run = this.shard.runs.get(id);
    if (!run || run.final) {
      return (await this.past(id)) ? refuse(409, 'run-finished', 'The run has already ended.') : notFound();
    }
    if (call.kind === 'migrate') return this.migrate(run, call);
    if (call.kind === 'signal' && call.token !== resumeToken(this.secret, id)) return notFound();
    return new Promise((resolve) => {
      this.turn(() => {
        const refused = controlLive(this.shard, run, call);
        if (refused) resolve({ ok: false, error: refused });
        else this.journal.after(() => resolve({ ok: true, value: publicHead(headOf(run, 0)) as unknown as Json }));
      });
    });
  }

  /** A run in the middle of a turn finishes it; then nothing moves until the tenant is active again. */
  async setStanding(standing: 'active' | 'suspended'): Promise<void> {
    if ((standing === 'suspended') === this.standing.isSuspended) return;
    if (standing === 'suspended') return this.standing.suspend();
    const parked = this.standing.resume();
    const held = this.held.splice(0);
    if (held.length > 0) this.recover();
    for (const order of parked) this.perform(order);
    this.turn(() => this.shard.tick());
    await this.alarms.repair();
  }

  forget(workflow: string): void {
    this.deps.state.storage.transactionSync(() => this.deps.store.forget(workflow));
  }

  async touch(): Promise<RunnerStats> {
    if (!this.standing.isSuspended) {
      this.turn(() => this.shard.tick());
      // a change that nobody could tell this shard of
      await this.variables.refresh().catch(() => undefined);
    }
    await this.alarms.repair();
    await this.housekeeping.retire();
    return this.stats();
  }

  stats(): RunnerStats {
    return {
      liveRuns: this.shard.runs.size,
      rowsWritten: this.deps.store.rowsWritten,
      runsStarted: this.runsStarted,
      commits: this.journal.commits,
      dueAt: this.nextDue() ?? null,
    };
  }

  async stream(request: Request): Promise<Response> {
    const id = new URL(request.url).searchParams.get('run');
    if (id === null) return this.streams.openList((await request.json()) as Parameters<Streams['openList']>[0]);
    const run = this.shard.runs.get(id) ?? (await this.past(id));
    if (!run) return new Response(null, { status: 404 });
    return this.streams.open(id, stepViews(run), run.final ? publicHead(headOf(run, 0)) : undefined);
  }

  async alarm(): Promise<void> {
    if (this.standing.isSuspended) return;
    await this.alarms.beforeWork(this.shard.runs.size > 0);
    this.turn(() => this.shard.tick());
    await this.housekeeping.seal();
    await this.alarms.repair();
    await this.alarms.ensure(this.shard.runs.size > 0, this.housekeeping.wantsAlarm());
  }

  private desk(): Desk {
    const { shard, journal, programs } = this;
    return {
      shard,
      journal,
      programs,
      turn: (action) => this.turn(action),
      room: () => this.metering.room(),
      admit: (...args) => this.admit(...args),
      past: (run) => this.past(run),
      varsOf: (version) => this.variables.of(version),
      visitTokenOf: (run) => visitToken(this.secret, run),
      holderOf: (run, token) => holderOf(this.secret, run, token),
    };
  }

  private ports(): ShardPorts {
    return {
      now: () => Date.now(),
      random: () => Math.random(),
      newRunId: () => {
        this.runsStarted++;
        return formatRunId({ shard: this.deps.shard, ...this.journal.nextName() });
      },
      resumeUrl: (run) => this.addressOf(run, resumeToken(this.secret, run)),
      resumeFormUrl: (run) => this.addressOf(run, visitToken(this.secret, run)),
      vars: (version) => this.variables.of(version),
      append: (run, event) => {
        this.metering.saw(run, event);
        this.journal.append(run, event);
      },
      afterCommit: (action) => this.journal.after(action),
      perform: (order) => this.perform(order),
      load: (order) => {
        const { workflow, version, caller } = order;
        void (
          version === undefined
            ? this.programs.published(workflow, environmentOf(caller))
            : this.programs.load({ workflow, version })
        ).then(
          (program) => this.turn(() => this.shard.loaded(order.for, program)),
          () => this.turn(() => this.shard.loaded(order.for, undefined)),
        );
      },
      kept: (name) => this.journal.kept(name),
      keep: (name, data) => this.journal.keep(name, data),
      findKey: (key) => this.journal.findKey(key),
      putKey: (key, run) => this.journal.putKey(key, run),
      note: (text, then) => {
        if (this.journal.writeNote(text)) void this.deps.state.storage.sync().then(() => this.turn(then));
      },
      later: (action, pauseMs) => void setTimeout(() => this.turn(action), pauseMs),
    };
  }

  private addressOf(run: string, token: string): string {
    return `${this.deps.env.PUBLIC_URL ?? ''}/waiting/${this.deps.tenant}/${run}/${token}`;
  }

  private perform(order: EffectOrder): void {
    if (this.standing.park(order)) return;
    const { effect, key, ...ref } = order;
    const { version = '', workflow = '' } = this.shard.runs.get(ref.run)?.program ?? {};
    const place = { environment: environmentOf(version), workflow };
    void this.deps.performer.perform(effect, key, place).then((reply) => this.turn(() => this.shard.reply(ref, reply)));
  }

  /** Everything the shard does happens in a turn; what a turn decides is committed as one group. */
  private turn(action: () => void): void {
    try {
      action();
    } finally {
      this.journal.endTurn();
    }
  }

  /** Starts, turning limits that are reached, and what a limit's expression throws, into a refusal. */
  private admit(
    resolve: (outcome: { ok: false; error: Refusal }) => void,
    request: StartRequest,
    { watcher, held }: { watcher?: Watcher | undefined; held: boolean },
  ): { run: Run } | { duplicate: string } | undefined {
    const refused = this.metering.refusal(held);
    // A repeat of what was accepted starts nothing, so no limit stands in its way.
    if (refused && !this.isKnown(request)) {
      resolve(refused);
      return undefined;
    }
    try {
      return this.shard.start(request, watcher);
    } catch (error) {
      const { message } = stepError(error);
      resolve(refuse(500, 'bad-limit-expression', `A limit or key of this workflow cannot be evaluated: ${message}`));
      return undefined;
    }
  }

  private isKnown({ key, program }: StartRequest): boolean {
    return key !== undefined && this.journal.findKey(`${program.workflow}:${key}`) !== undefined;
  }

  private committed(changes: readonly { run: Run }[]): void {
    for (const { run } of changes) {
      this.streams.publish(run);
      if (!run.live) this.shard.forget(run);
    }
    void this.alarms.ensure(this.shard.runs.size > 0, this.housekeeping.wantsAlarm());
  }

  private nextDue(): number | undefined {
    return this.standing.isSuspended ? undefined : this.shard.timers.peek();
  }

  private viewOf(run: Run): string {
    const view: RunView = {
      ...publicHead(headOf(run, 0)),
      data: startData(run),
      nodes: boundedStepViews(run, MAX_VIEW_CHARS),
    };
    if (Object.keys(run.customData).length > 0) view.customData = run.customData;
    const { active } = run;
    if (!run.final && active?.state.kind === 'wait' && active.state.signal !== undefined) {
      const node = run.program.graph.nodes[active.node]?.def.id ?? '';
      const { signal } = active.state;
      const token = signal === 'form' ? visitToken(this.secret, run.id) : resumeToken(this.secret, run.id);
      view.resumeUrls = [{ node, url: this.addressOf(run.id, token) }];
    }
    return JSON.stringify(view);
  }

  /** A run that is not in memory, rebuilt for reading. */
  private async past(id: string): Promise<Run | undefined> {
    const found = this.headIn(id);
    if (!found) return undefined;
    const program = await this.programs.load({ workflow: found.workflow, version: found.version });
    if (!program) return undefined;
    return replay(id, program, await this.history.events(id, found.last));
  }

  private headIn(id: string): StoredHead | undefined {
    const address = parseRunId(id);
    return address?.shard === this.deps.shard ? findHead(this.deps.store, address.segment, id) : undefined;
  }

  private async rerun(id: string, call: ControlCall & { kind: 'rerun' }): Promise<Outcome<Json>> {
    const live = this.shard.runs.get(id);
    const last = live ? this.journal.lastSlot(live) : this.headIn(id)?.last;
    const original = live ?? (await this.past(id));
    if (!original || last === undefined) return notFound();
    const cut = cutBefore(original, call.node);
    if (cut === undefined) {
      return refuse(
        400,
        'node-not-run',
        'That node did not run in this run.',
        'Name a node of the run, by id or name.',
      );
    }
    const events = await this.history.events(id, last);
    const wait = this.metering.room();
    const refused = this.metering.refusal(wait ? await wait : false);
    if (refused) return refused;
    return new Promise((resolve) => {
      const late = deadline(call.waitMs, (run) => resolve({ ok: true, value: { run } }));
      this.turn(() => {
        const watcher: Watcher = {
          rest: (run) => late.met(() => resolve({ ok: true, value: { run: run.id, view: this.viewOf(run) } })),
        };
        const run = this.shard.rerun(id, original.program, events, cut, call.waitMs ? watcher : undefined);
        if (call.waitMs) late.arm(run.id);
        else this.journal.after(() => resolve({ ok: true, value: { run: run.id } }));
      });
    });
  }

  private async migrate(run: Run, call: ControlCall & { kind: 'migrate' }): Promise<Outcome<Json>> {
    const program = await this.programs.load(call.source);
    const last = this.journal.lastSlot(run);
    if (!program || last === undefined) return refuse(404, 'version-unknown', 'There is no such version.');
    const events = await this.history.events(run.id, last);
    const problem = migrationProblem(run.id, program, events);
    if (problem !== undefined) {
      return refuse(409, 'not-migratable', problem, 'The run stays on its version; let it finish there or cancel it.');
    }
    if (call.dryRun) return { ok: true, value: { compatible: true } };
    if (this.journal.lastSlot(run) !== last || !this.journal.idle || run.final) {
      return refuse(409, 'run-moved-on', 'The run advanced meanwhile; try again.');
    }
    const moved = replay(run.id, program, events);
    return new Promise((resolve) => {
      this.turn(() => {
        this.journal.exchange(run, moved);
        this.shard.exchange(run, moved);
        this.journal.after(() => resolve({ ok: true, value: publicHead(headOf(moved, 0)) as unknown as Json }));
      });
    });
  }

  private async publishedVersion(tenant: string, workflow: string, environment: string): Promise<string | null> {
    const all = await tenantOf(this.deps.env, tenant).publications(environment);
    return all.find((publication) => publication.workflow === workflow)?.version ?? null;
  }

  private putBlob(text: string): { key: string; done: Promise<void> } {
    const key = `t/${this.deps.tenant}/values/${this.deps.shard}/${crypto.randomUUID()}`;
    return { key, done: this.deps.env.FILES.put(key, text).then(() => undefined) };
  }
}

/** Nothing moves it but somebody's order. */
const isAtRest = ({ final, active }: Run): boolean =>
  final !== undefined || (active?.state.kind === 'wait' && active.state.untilMs === undefined);
