import type { BinaryRef, Item, Json, JsonObject } from '../../core/data/item.ts';
import type { RunMode, Starter } from '../../core/engine/events.ts';
import type { RunStatus } from '../../core/engine/run.ts';
import type { StepView } from '../../core/engine/view.ts';
import type { Workflow } from '../../core/graph/document.ts';
import type { RunCost } from '../../core/quota/cost.ts';
import type { HttpReply } from '../../core/node/kit.ts';
import type { EndPage, FormPage } from '../../core/forms/page.ts';
import type { Erased } from '../kit/erase.ts';
import type { HookAnswer, HookProof } from '../../core/nodes/webhook/route.ts';

/** What Workers say to a runner. Classes do not survive RPC, so failures are values with a code. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Refusal };

export interface Refusal {
  /** HTTP status that fits. */
  status: number;
  code: string;
  message: string;
  hint?: string;
  /** When to try again. */
  retryAfterMs?: number;
  /** Which limit was reached; runs a second when the meter is `rate`. */
  quota?: { meter: string; limit: number; burst?: number };
}

export type { RunMode, RunStatus, Starter };

/** One line of the run list. Times are epoch milliseconds. */
export interface RunHead {
  id: string;
  workflow: string;
  version: string;
  status: RunStatus;
  mode: RunMode;
  /** Registry type of the trigger node, e.g. `webhook`. */
  trigger: string;
  startedAt: number;
  finishedAt?: number;
  steps: number;
  error?: { code: string; message: string; node?: string };
  /** Why it waits: `time`, `webhook`, `approval`, `in-doubt`, `child`, `retry`, `concurrency`, `rate`, `debounce`. */
  waitingFor?: string;
  /** The run that it repeats, wholly or from a node on. */
  rerunOf?: string;
  /** Who started it by hand or by the API; absent where nobody did, and of runs from before this was noted. */
  startedBy?: Starter;
}

export type { StepView };

/** A whole run, as `GET /v1/runs/{id}` shows it. */
export interface RunView extends RunHead {
  data: JsonObject;
  nodes: StepView[];
  /** Facts its nodes noted about it; absent when there are none. */
  customData?: JsonObject;
  resumeUrls?: { node: string; url: string }[];
  /** Runs that repeated it, newest first, the last few. */
  reruns?: string[];
  /** The run and step that called it; `nodeName` as it was then. */
  calledBy?: { run: string; step: number; nodeName?: string };
  /** The run of its error workflow, once it was started. */
  errorRun?: string;
  /** It failed, and its error workflow is about to be started. */
  errorRunDue?: true;
  /** The failed run that this one, of its error workflow, was started for. */
  errorOf?: string;
}

/** Which document a run uses. A published version is loaded once per runner and kept; a draft travels along. */
export interface RunSource {
  workflow: string;
  /** `'7'` for a published version, `'draft:<hash>'` with `doc` for a draft. */
  version: string;
  doc?: Workflow;
}

/** A webhook request for a run. The body travels beside it: see `RunnerRpc.hook`. */
export interface HookCall {
  source: RunSource;
  /** Id of the webhook node. */
  node: string;
  answer: HookAnswer;
  /** The request, body undecoded: the runner decodes once. */
  request: {
    method: string;
    url: string;
    headers: Record<string, string>;
    params: Record<string, string>;
    query: string;
    contentType: string;
    /** Fields and files already taken apart (multipart) or a stored binary body. */
    fields?: JsonObject;
    files?: Record<string, JsonObject>;
    /** What the caller's token says, once it was checked. */
    jwtPayload?: JsonObject;
  };
  idempotencyKey?: string;
}

export interface HookReply extends HttpReply {
  run: string;
}

export interface StartCall {
  source: RunSource;
  mode: RunMode;
  /** Trigger or first node's id; default: the document's first enabled trigger, else its first node without parents. */
  node?: string;
  items?: Item[];
  /** Partial run: stop after this node, running only its ancestors. */
  destination?: string;
  /** Use pinned data (manual runs). */
  pinned?: boolean;
  idempotencyKey?: string;
  by?: Starter;
  /** Answer once the run is at rest (finished or waiting), at most this long. */
  waitMs?: number;
}

export interface StartReply {
  run: string;
  /** True when the idempotency key was already used: `run` is the earlier one. */
  duplicate: boolean;
  /** Present when the run came to rest within `waitMs`; JSON text of a RunView. */
  view?: string;
}

export type ControlCall =
  | { kind: 'cancel'; reason?: string }
  | { kind: 'pause' }
  | { kind: 'resume' }
  /** A new run that reuses the outcomes of all steps before `node` (default: the failed one). */
  | { kind: 'rerun'; by: Starter; node?: string; waitMs?: number }
  /** Decides an effect in doubt: it happened (with these items), run it again, or fail. */
  | { kind: 'resolve'; step: number; decision: 'retry' | 'fail' | 'done'; items?: Item[] }
  /** Continues a step (this one, if it is said) that waits for a call or approval; `token`: secret of its resume URL. */
  | { kind: 'signal'; token: string; items: Item[]; detail?: JsonObject; step?: number }
  /** Moves a live run to another version after its journal was proven to replay there. */
  | { kind: 'migrate'; source: RunSource; dryRun?: boolean };

/** The first page of a form or chat, as its trigger makes it, and whether Form nodes may follow. */
export interface FirstView {
  page: JsonObject;
  follows: boolean;
}

/** Answers to the first page of a form, or a chat's message, as the trigger's item. */
export interface SubmitCall {
  source: RunSource;
  node: string;
  item: Item;
  /** Sent with the page: sending it again is the same submission. */
  key: string;
  /** Of a chat: a run of this session that waits for the next message gets it. */
  session?: string | undefined;
  /** Wait for what a node replies, or for the end; how is as for a webhook. */
  answer?: HookAnswer;
}

export interface SubmitReply {
  run: string;
  /** Secret of the run's address. */
  token: string;
  reply?: HttpReply;
}

/** Listens to what a run tells its chat: the trigger `node` of `workflow`. */
export interface ChatCall {
  workflow: string;
  node: string;
  run: string;
  /** Of the run's address. */
  token: string;
  /** How many of its answers are known. */
  after: number;
  answer: HookAnswer;
}

/** What a run has to show to whoever has its address. */
export type Visit =
  | { kind: 'form'; page: FormPage; step: number; query: JsonObject; proof?: HookProof }
  /** It waits for a call, at this step and with this proof, or has no pages. */
  | { kind: 'call'; step?: number; proof?: HookProof }
  /** An approval for members, who decide it in the app. */
  | { kind: 'members'; title: string }
  /** The approval this address is for was decided; `isLate`: its time ran out. */
  | { kind: 'decided'; title: string; approved: boolean; isLate: boolean; atMs: number }
  /** The run asks something else now, and may come to the approval this address is for. */
  | { kind: 'early'; title: string }
  /** `rests`: it waits for somebody or something else, which may take days. */
  | { kind: 'working'; title: string; rests?: true }
  | { kind: 'ended'; end: EndPage }
  | { kind: 'failed'; title: string };

export interface ResumeCall {
  token: string;
  items: Item[];
  detail?: JsonObject;
  /** The step whose page was answered: an old page must not answer a later one. */
  step?: number;
}

export interface ListCall {
  status?: RunStatus[];
  workflow?: string;
  /** Only runs of these workflows: all the caller may see. */
  workflows?: string[];
  trigger?: string;
  mode?: RunMode;
  /** Id of who started it. */
  startedBy?: string;
  /** As a head has it, e.g. `7` or `7@staging`; `draft` stands for every draft. */
  version?: string;
  /** Only runs of versions in this environment. */
  environment?: string;
  /** One of the words of `RunHead.waitingFor`. */
  waitingFor?: string;
  /** How long it took, or has been going on. */
  minTookMs?: number;
  maxTookMs?: number;
  sinceMs?: number;
  untilMs?: number;
  /** Also polls that found nothing. */
  idle?: boolean;
  /** Case-insensitive text in id, workflow, error code or message. */
  text?: string;
  limit: number;
  cursor?: string;
}

/** Which of the runs that a run called: of all its steps or one, `limit` of them after the first `after`. */
export interface CalledCall {
  step?: number;
  after?: number;
  limit: number;
}

export interface CalledReply {
  runs: RunHead[];
  /** Where to read on; absent at the end. */
  next?: number;
}

export interface ListReply {
  runs: RunHead[];
  /** Give it back to read on; absent at the end. */
  cursor?: string;
}

export interface RunnerStats {
  liveRuns: number;
  rowsWritten: number;
  runsStarted: number;
  commits: number;
  dueAt: number | null;
}

/** RPC surface of the runner object. JSON text is returned where the caller only passes it on. */
export interface RunnerRpc {
  /**
   * `call` is the JSON text of a HookCall, the answer that of an Outcome<HookReply>: two strings cross the boundary
   * for a third of what cloning the objects costs (measured, docs/design/measurements.md). `body`: text bodies
   * (JSON, forms without files, text), undecoded.
   */
  hook(call: string, body: string | undefined): Promise<string>;
  start(call: StartCall): Promise<Outcome<StartReply>>;
  /** JSON text of a RunView. `waitMs`: answer when at rest or after that long. */
  view(run: string, waitMs?: number): Promise<Outcome<string>>;
  list(call: ListCall): Promise<Outcome<ListReply>>;
  /** The runs that a run called, in their order. */
  called(run: string, call: CalledCall): Promise<Outcome<CalledReply>>;
  /** A stored file that an item of the run holds. */
  file(run: string, id: string): Promise<Outcome<BinaryRef>>;
  firstPage(source: RunSource, node: string): Promise<Outcome<FirstView>>;
  submit(call: SubmitCall): Promise<Outcome<SubmitReply>>;
  /** `waitMs`: how long to wait for a run on its way to its next page. */
  visit(run: string, token: string, waitMs: number): Promise<Outcome<Visit>>;
  /** Continues a waiting run; null when nothing but "taken" is to be said. */
  resume(run: string, call: ResumeCall): Promise<Outcome<HookReply | null>>;
  /** Returns JSON: `{run}` for rerun, the new head otherwise. */
  control(run: string, call: ControlCall): Promise<Outcome<Json>>;
  /** The tenant's variables changed; resolves when steps see it. */
  variablesChanged(): Promise<void>;
  /** Suspended: nothing starts, continues or is sent until `active` again. */
  setStanding(standing: 'active' | 'suspended'): Promise<void>;
  /** Deletes everything this shard holds. */
  erase(): Promise<Erased>;
  /** Repairs timers and continues what is due; called by the reaper and at boot. */
  touch(): Promise<RunnerStats>;
  stats(): Promise<RunnerStats>;
  /** Removes what a deleted workflow kept from run to run: static data, values seen, where polls were. Runs are untouched. */
  forget(workflow: string): Promise<void>;
  /** Bytes of its database: journals, idempotency keys, kept data. */
  size(): Promise<number>;
  /** What a run used, from its journal. */
  cost(run: string): Promise<Outcome<RunCost>>;
  /** Reports what runs used, and gives back what the shard was granted and does not need. */
  settle(): Promise<void>;
  /** SSE: `GET /events?run=ID` (one run, ends with it) or `POST /events` with `{workflows?}` (what changes in the list),
   * or `POST /chat` with a ChatCall. */
  fetch(request: Request): Promise<Response>;
}

/** `run_<shard>_<segment>_<n>`, base 36: the id says where the run is, so reading one needs no index. */
interface RunAddress {
  shard: number;
  segment: number;
  n: number;
}

const RUN_ID = /^run_([0-9a-z]{1,4})_([0-9a-z]{1,11})_([0-9a-z]{1,6})$/;

export function formatRunId({ shard, segment, n }: RunAddress): string {
  return `run_${shard.toString(36)}_${segment.toString(36)}_${n.toString(36)}`;
}

export function parseRunId(id: string): RunAddress | undefined {
  const match = RUN_ID.exec(id);
  if (!match) return undefined;
  const [shard, segment, n] = match.slice(1).map((part) => parseInt(part, 36));
  if (shard === undefined || segment === undefined || n === undefined) return undefined;
  return { shard, segment, n };
}
