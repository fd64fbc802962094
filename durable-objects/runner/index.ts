import { DurableObject } from 'cloudflare:workers';
import type { BinaryRef, Json } from '../../core/data/item.ts';
import type { RunCost } from '../../core/quota/cost.ts';
import { erase, type Erased } from '../kit/erase.ts';
import { migrate } from '../kit/migrate.ts';
import { type Loopback, Performer, type RunnerEnv } from './host.ts';
import { RUNNER_MIGRATIONS } from './migrations.ts';
import type {
  CalledCall,
  CalledReply,
  ControlCall,
  FirstView,
  HookCall,
  HookReply,
  ListCall,
  ListReply,
  Outcome,
  ResumeCall,
  RunnerRpc,
  RunnerStats,
  RunSource,
  StartCall,
  StartReply,
  SubmitCall,
  SubmitReply,
  Visit,
} from './protocol.ts';
import { Service } from './service.ts';
import { SUSPENDED } from './standing.ts';
import { RunnerStore } from './store.ts';

/** A run shard of one tenant: its journal, its timers, its live runs. Named `tenant/shard-n`. */
export class Runner extends DurableObject<RunnerEnv> implements RunnerRpc {
  private service: Service | undefined;
  private bootError: unknown;

  constructor(ctx: DurableObjectState, env: RunnerEnv) {
    super(ctx, env);
    void ctx.blockConcurrencyWhile(async () => {
      try {
        this.service = await this.boot();
      } catch (error) {
        // kept and rethrown per call: a throw in here would break the object's input gate for good
        this.bootError = error;
      }
    });
  }

  async hook(call: string, body: string | undefined): Promise<string> {
    if (this.ready().standing.isSuspended) return JSON.stringify(SUSPENDED());
    return JSON.stringify(await this.ready().hooks.take(JSON.parse(call) as HookCall, body));
  }

  async start(call: StartCall): Promise<Outcome<StartReply>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().starts.take(call);
  }

  view(run: string, waitMs = 0): Promise<Outcome<string>> {
    return this.ready().views.later(run, waitMs);
  }

  async list(call: ListCall): Promise<Outcome<ListReply>> {
    return this.ready().views.list(call);
  }

  called(run: string, call: CalledCall): Promise<Outcome<CalledReply>> {
    return this.ready().views.called(run, call);
  }

  file(run: string, id: string): Promise<Outcome<BinaryRef>> {
    return this.ready().views.file(run, id);
  }

  async firstPage(source: RunSource, node: string): Promise<Outcome<FirstView>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().pages.first(source, node);
  }

  async submit(call: SubmitCall): Promise<Outcome<SubmitReply>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().pages.submit(call);
  }

  async visit(run: string, token: string, waitMs: number): Promise<Outcome<Visit>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().pages.visit(run, token, waitMs);
  }

  async resume(run: string, call: ResumeCall): Promise<Outcome<HookReply | null>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().resumes.take(run, call);
  }

  async control(run: string, call: ControlCall): Promise<Outcome<Json>> {
    if (this.ready().standing.isSuspended) return SUSPENDED();
    return this.ready().control.take(run, call);
  }

  variablesChanged(): Promise<void> {
    return this.ready().variables.refresh();
  }

  async setStanding(standing: 'active' | 'suspended'): Promise<void> {
    // one that was erased stands still by itself
    await this.service?.setStanding(standing);
  }

  async erase(): Promise<Erased> {
    // what is in memory must not take calls again; a write of it finds no table and aborts the object
    this.service = undefined;
    this.bootError = new Error('This shard was erased.');
    return erase(this.ctx.storage);
  }

  touch(): Promise<RunnerStats> {
    return this.ready().touch();
  }

  async forget(workflow: string): Promise<void> {
    this.ready().forget(workflow);
  }

  async size(): Promise<number> {
    return this.ctx.storage.sql.databaseSize;
  }

  async stats(): Promise<RunnerStats> {
    return this.ready().stats();
  }

  cost(run: string): Promise<Outcome<RunCost>> {
    return this.ready().views.cost(run);
  }

  settle(): Promise<void> {
    return this.ready().metering.settle(true);
  }

  override fetch(request: Request): Promise<Response> {
    return this.ready().live.serve(request);
  }

  override async alarm(): Promise<void> {
    await this.ready().alarm();
  }

  private ready(): Service {
    if (this.service) return this.service;
    throw this.bootError instanceof Error ? this.bootError : new Error('The runner could not start.');
  }

  private async boot(): Promise<Service> {
    const [tenant, shard] = /^([^/]+)\/shard-(\d+)$/.exec(this.ctx.id.name ?? '')?.slice(1) ?? [];
    if (tenant === undefined || shard === undefined) {
      throw new Error('A runner must be reached by its name, through stubs.ts.');
    }
    migrate(this.ctx.storage, RUNNER_MIGRATIONS);
    const loopback = this.ctx.exports as unknown as Loopback; // SAFETY: entrypoints of workers/main.ts
    const service = new Service({
      tenant,
      shard: Number(shard),
      state: this.ctx,
      store: new RunnerStore(this.ctx.storage.sql),
      env: this.env,
      documents: loopback.Documents,
      performer: new Performer(this.env, loopback, tenant),
      variables: () => loopback.Variables.all(tenant),
    });
    await service.boot();
    return service;
  }
}
