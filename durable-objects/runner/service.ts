import { isChat } from '../../core/chat/told.ts';
import { environmentOf } from '../../core/environment/reference.ts';
import { stepError } from '../../core/engine/execute.ts';
import type { Run } from '../../core/engine/run.ts';
import type { EffectOrder, ShardPorts, Watcher } from '../../core/shard/ports.ts';
import { Shard, type StartRequest } from '../../core/shard/shard.ts';
import { meterOf, tenantOf } from '../stubs.ts';
import { Addresses, secretOf } from './addresses.ts';
import { Alarm } from './alarm.ts';
import { Control } from './control.ts';
import { type Desk, refuse } from './desk.ts';
import { History } from './history.ts';
import { Hooks } from './hooks.ts';
import { type Performer, type RunnerEnv } from './host.ts';
import { Journal } from './journal.ts';
import { Metering, timerAfter } from './metering.ts';
import { Live } from './live.ts';
import { Pages } from './pages.ts';
import { type Documents, Programs } from './programs.ts';
import { formatRunId, type Refusal, type RunnerStats } from './protocol.ts';
import { Resumes } from './resumes.ts';
import { restoreRuns } from './restore.ts';
import { Housekeeping } from './housekeeping.ts';
import type { RunnerStore } from './store.ts';
import { Standing } from './standing.ts';
import { Starts } from './starts.ts';
import { Variables } from './variables.ts';
import { Views } from './views.ts';

interface ServiceDeps {
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
  private readonly alarms: Alarm;
  private readonly housekeeping: Housekeeping;
  private readonly addresses: Addresses;
  private runsStarted = 0;
  /** Live runs that a suspension keeps from going on after a restart. */
  private held: Run[] = [];
  readonly variables: Variables;
  readonly standing: Standing;
  readonly metering: Metering;
  readonly starts: Starts;
  readonly control: Control;
  readonly views: Views;
  readonly hooks: Hooks;
  readonly pages: Pages;
  readonly resumes: Resumes;
  readonly live: Live;

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
    this.addresses = new Addresses(`${env.PUBLIC_URL ?? ''}/waiting/${tenant}`, secretOf(store));
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
    this.views = new Views({
      number: deps.shard,
      shard: this.shard,
      store,
      journal: this.journal,
      history: this.history,
      programs: this.programs,
      addresses: this.addresses,
    });
    const desk = this.desk();
    this.starts = new Starts(desk);
    this.control = new Control(desk);
    this.hooks = new Hooks(desk);
    this.pages = new Pages(desk);
    this.resumes = new Resumes(desk);
    this.live = new Live(desk);
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

  async alarm(): Promise<void> {
    if (this.standing.isSuspended) return;
    await this.alarms.beforeWork(this.shard.runs.size > 0);
    this.turn(() => this.shard.tick());
    await this.housekeeping.seal();
    await this.alarms.repair();
    await this.alarms.ensure(this.shard.runs.size > 0, this.housekeeping.wantsAlarm());
  }

  private desk(): Desk {
    const { shard, journal, programs, addresses, views } = this;
    return {
      shard,
      journal,
      programs,
      addresses,
      views,
      turn: (action) => this.turn(action),
      room: () => this.metering.room(),
      refusal: (held) => this.metering.refusal(held),
      admit: (...args) => this.admit(...args),
      varsOf: (version) => this.variables.of(version),
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
      resumeUrl: (run, step) => this.addresses.ofStep(run, step),
      resumeFormUrl: (run) => this.addresses.ofForms(run),
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

  private perform(order: EffectOrder): void {
    if (this.standing.park(order)) return;
    const { effect, key, ...ref } = order;
    const run = this.shard.runs.get(ref.run);
    const { version = '', workflow = '' } = run?.program ?? {};
    const tell = effect.tells && run && isChat(run) ? (text: string) => this.live.tell(ref, text) : undefined;
    const place = { environment: environmentOf(version), workflow, tell };
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
      this.live.publish(run);
      if (!run.live) this.shard.forget(run);
    }
    void this.alarms.ensure(this.shard.runs.size > 0, this.housekeeping.wantsAlarm());
  }

  private nextDue(): number | undefined {
    return this.standing.isSuspended ? undefined : this.shard.timers.peek();
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
