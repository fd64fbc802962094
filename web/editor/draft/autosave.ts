import { canonical } from '../../../core/data/canonical.ts';
import type { Json } from '../../../core/data/item.ts';
import type { Workflow } from '../../../core/graph/document.ts';
import { ApiError, type Client, type OutputOf } from '../../../sdk/client/index.ts';
import type { Draft } from './draft.ts';
import type { Kept } from './kept.ts';

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  | { kind: 'failed'; error: unknown }
  /** Somebody saved another version meanwhile; nothing is overwritten until a person decides. */
  | { kind: 'conflict' };

type Warnings = OutputOf<'PUT /v1/workflows/{id}'>['warnings'];

const QUIET_MS = 700;
const AGAIN_MS = 3_000;
const MAX_UNANSWERED = 5;

/** As it is on the way to the server. */
const asText = (document: unknown): string => canonical(JSON.parse(JSON.stringify(document)) as Json);

interface Deps {
  client: Client;
  id: string;
  draft: Draft;
  kept: Kept;
}

/** Saves a draft a moment after it changes, one request at a time, and keeps it in the browser until that worked. */
export class Autosave {
  state: SaveState = { kind: 'saved' };
  warnings: Warnings = [];
  private readonly deps: Deps;
  private revision: number;
  /** What the server has; undefined when that is older than the draft this page began with. */
  private saved: Workflow | undefined;
  /** What was sent and never answered, oldest first: the server may have it. */
  private unanswered: Workflow[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flight: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly stopListening: () => void;

  constructor(deps: Deps, revision: number, isFresh: boolean) {
    this.deps = deps;
    this.revision = revision;
    this.saved = isFresh ? deps.draft.current() : undefined;
    const stopHearing = deps.draft.subscribe(() => this.changed());
    addEventListener('pagehide', this.keep);
    this.stopListening = () => {
      stopHearing();
      removeEventListener('pagehide', this.keep);
    };
    if (isFresh) return;
    // it was left on its way: the server may have it
    this.unanswered = [deps.draft.current()];
    this.mark();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): SaveState => this.state;

  /** Resolves when everything is on the server. @throws what the server said */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    await this.flight;
    if (this.deps.draft.current() !== this.saved) await this.save();
    if (this.state.kind === 'failed') throw this.state.error;
    if (this.state.kind === 'conflict') throw new Error('conflict');
  }

  /** Overwrites what somebody else saved. */
  async keepMine(): Promise<void> {
    const view = await this.theirs();
    if (!view) return;
    this.revision = view.revision;
    await this.save();
  }

  async takeTheirs(): Promise<void> {
    const { kept, draft } = this.deps;
    const view = await this.theirs();
    if (!view) return;
    this.revision = view.revision;
    draft.replace(view.document as Workflow);
    this.saved = draft.current();
    kept.forget();
    this.become({ kind: 'saved' });
  }

  stop(): void {
    this.stopListening();
    clearTimeout(this.timer);
    // what is being sent may be older than what was typed, and whoever left a conflict is asked again the next time
    this.keep();
    this.deps.kept.close();
    if (this.deps.draft.current() !== this.saved && this.state.kind !== 'conflict') void this.save();
  }

  private changed(): void {
    if (this.deps.draft.current() !== this.saved) this.mark();
  }

  private mark(): void {
    if (this.state.kind === 'conflict') return;
    if (this.state.kind !== 'unsaved') this.become({ kind: 'unsaved' });
    this.arm(QUIET_MS);
  }

  /** Not with every key: writing a large workflow takes longer than a frame. */
  private readonly keep = (): void => {
    const { kept, draft } = this.deps;
    if (draft.current() !== this.saved) kept.write({ revision: this.revision, workflow: draft.current() });
  };

  private arm(delayMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), delayMs);
  }

  private save(): Promise<void> {
    this.flight ??= this.send().finally(() => (this.flight = undefined));
    return this.flight;
  }

  private async send(): Promise<void> {
    const { client, id, draft, kept } = this.deps;
    const sent = draft.current();
    this.keep();
    this.become({ kind: 'saving' });
    try {
      const headers = { 'if-match': `"${this.revision}"` };
      const view = await client.call('PUT /v1/workflows/{id}', { params: { id }, body: sent }, { headers });
      this.revision = view.revision;
      this.warnings = view.warnings;
      this.saved = sent;
      this.unanswered = [];
      if (draft.current() !== sent) return this.mark();
      kept.forget();
      this.become({ kind: 'saved' });
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 412;
      if (isStale && (await this.wasOurs().catch(() => false))) return this.changed();
      if (isStale) return this.become({ kind: 'conflict' });
      const isUnanswered = !(error instanceof ApiError) || error.status >= 500;
      if (isUnanswered) this.unanswered = [...this.unanswered, sent].slice(-MAX_UNANSWERED);
      this.failed(error);
    }
  }

  private failed(error: unknown): void {
    this.become({ kind: 'failed', error });
    // 401: whoever signs in again in place goes on where they were
    if (!(error instanceof ApiError) || error.status >= 500 || error.status === 401) this.arm(AGAIN_MS);
  }

  /** What the server has. Undefined when it cannot be read: it is told, and the conflict comes back with the next try. */
  private async theirs(): Promise<{ revision: number; document: unknown } | undefined> {
    const { client, id } = this.deps;
    try {
      return await client.call('GET /v1/workflows/{id}', { params: { id } });
    } catch (error) {
      this.failed(error);
      return undefined;
    }
  }

  /** What seems to be somebody else's may be what was sent before, and saved, and only the answer was lost. */
  private async wasOurs(): Promise<boolean> {
    if (this.unanswered.length === 0) return false;
    const { client, id, draft, kept } = this.deps;
    const { revision, document } = await client.call('GET /v1/workflows/{id}', { params: { id } });
    const theirs = asText(document);
    const ours = this.unanswered.find((sent) => asText(sent) === theirs);
    if (!ours) return false;
    this.revision = revision;
    this.saved = ours;
    this.unanswered = [];
    if (draft.current() === ours) {
      kept.forget();
      this.become({ kind: 'saved' });
    }
    return true;
  }

  private become(state: SaveState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
