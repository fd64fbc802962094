import { canonical } from '../../core/data/canonical.ts';
import { type AuditNote, outcomeOf } from '../../core/audit/entry.ts';
import { auditOf } from '../../durable-objects/stubs.ts';
import { Answer } from '../kit/answer.ts';
import type { Actor, Touched } from '../kit/context.ts';
import { sha256Hex } from '../kit/digest.ts';
import { common, Problem } from '../kit/problem.ts';
import type { Arrival, Endpoint } from './dispatch.ts';
import { recordLater } from './read-trail.ts';

const MAX_TARGET_CHARS = 200;

/** What one request leaves in the tenant's audit log (core/audit/SPEC.md). */
export class Trail {
  private readonly endpoint: Endpoint;
  private readonly actor: Actor;
  private readonly arrival: Arrival;
  private facts: Touched = {};

  constructor({ endpoint, actor, arrival }: { endpoint: Endpoint; actor: Actor; arrival: Arrival }) {
    this.endpoint = endpoint;
    this.actor = actor;
    this.arrival = arrival;
  }

  touched(facts: Touched): void {
    this.facts = { ...this.facts, ...facts };
  }

  /** @throws Problem `unavailable` when a change was made and could not be recorded. */
  async done(result: unknown): Promise<void> {
    const answer = result instanceof Answer ? result : undefined;
    const note = await this.note(answer?.status ?? this.endpoint.route.status, idOf(answer ? answer.value : result));
    if (this.isRead) return recordLater(this.arrival.env, this.actor.tenant, note);
    try {
      await auditOf(this.arrival.env, this.actor.tenant).append([note]);
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', unrecorded: note, error: String(error) }));
      throw common('unavailable', {
        detail: 'The change was made, but the audit log could not be written.',
        hint: 'Read the resource again before you repeat the request.',
      });
    }
  }

  /** A call that was refused or failed changed nothing: written like a read, and never in the way of the error. */
  async refused(error: unknown): Promise<void> {
    recordLater(this.arrival.env, this.actor.tenant, await this.note(error instanceof Problem ? error.status : 500));
  }

  private get isRead(): boolean {
    return this.endpoint.route.scope.endsWith(':read');
  }

  private async note(status: number, made?: string): Promise<AuditNote> {
    const { before, after, run } = this.facts;
    const target = this.facts.target ?? this.arrival.params['id'] ?? made;
    const note: AuditNote = {
      at: Date.now(),
      actor: { kind: this.actor.kind, id: this.actor.id },
      action: this.endpoint.action,
      status,
      outcome: outcomeOf(status),
      requestId: this.arrival.requestId,
    };
    if (target !== undefined) note.target = target.slice(0, MAX_TARGET_CHARS);
    if (run !== undefined) note.run = run;
    if (before !== undefined) note.before = await sha256Hex(canonical(before));
    if (after !== undefined) note.after = await sha256Hex(canonical(after));
    return note;
  }
}

function idOf(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
