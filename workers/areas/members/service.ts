import { excess } from '../../../core/access/scope.ts';
import { problemsOf } from '../../kit/problem.ts';
import type { Invitation, Member, MemberStore, Outcome, PendingGrant } from '../../members/store.ts';
import { errors } from './contract.ts';

export const MAX_INVITATIONS = 500;
const HOUR_MS = 3_600_000;

const problem = problemsOf(errors);

interface MemberPorts {
  store: MemberStore;
  /** What the caller may do here; nobody gives or takes more (MEM2). */
  held: readonly string[];
  /** Kind and id of the caller. */
  caller: string;
  /** The scopes of a role; undefined when there is none. */
  scopesOf(role: string): Promise<readonly string[] | undefined>;
  /** Makes the text of a link, and its hash. */
  newLink(): Promise<{ token: string; hash: string }>;
  /** Ends a membership and what hangs on it. */
  takeOut(user: string): Promise<Outcome>;
  mail(invitation: Invitation, token: string): Promise<void>;
  now(): number;
  newId(prefix: string): string;
}

export function memberService(ports: MemberPorts) {
  const { store, held } = ports;

  async function mayGive(role: string): Promise<void> {
    const scopes = await ports.scopesOf(role);
    if (!scopes) throw problem('role-unknown', { hint: 'GET /v1/roles lists them.' });
    refuseExcess(scopes, role);
  }

  function refuseExcess(scopes: readonly string[], role: string): void {
    const lacking = excess(held, scopes);
    if (lacking.length === 0) return;
    throw problem('scope-too-wide', {
      detail: `The role ${role} may do what you may not: ${lacking.slice(0, 5).join(', ')}.`,
      hint: 'Ask somebody who may, such as an owner.',
    });
  }

  async function known(user: string): Promise<Member> {
    const member = await store.get(user);
    if (!member) throw problem('member-unknown', { hint: 'GET /v1/members lists them.' });
    return member;
  }

  /** Somebody with more rights is not demoted or removed by somebody with fewer. */
  async function mayTouch({ role }: Member): Promise<void> {
    refuseExcess((await ports.scopesOf(role)) ?? [], role);
  }

  const lastOwner = () => problem('last-owner', { hint: 'Make somebody else an owner first.' });

  return {
    known,
    async change(user: string, role: string): Promise<{ before: Member; after: Member }> {
      const before = await known(user);
      await mayTouch(before);
      await mayGive(role);
      const outcome = await store.setRole(user, role);
      if (outcome === 'last-owner') throw lastOwner();
      if (outcome === 'unknown') throw problem('member-unknown');
      return { before, after: { ...before, role } };
    },
    async remove(user: string): Promise<Member> {
      // Cut short between the membership and the keys it left them: asking again finishes it, and is told it was done.
      if (!(await store.get(user))) await ports.takeOut(user);
      const member = await known(user);
      await mayTouch(member);
      const outcome = await ports.takeOut(user);
      if (outcome === 'last-owner') throw lastOwner();
      if (outcome === 'unknown') throw problem('member-unknown');
      return member;
    },
    async invite(wanted: {
      email: string;
      role: string;
      expiresInHours: number;
      grants?: readonly PendingGrant[];
    }): Promise<Invitation> {
      const { email, role, expiresInHours, grants } = wanted;
      await mayGive(role);
      if (await store.hasEmail(email)) {
        throw problem('member-already', { hint: 'PATCH /v1/members/{id} changes a role.' });
      }
      const nowMs = ports.now();
      const waiting = await store.invitations(nowMs, MAX_INVITATIONS);
      if (waiting.length >= MAX_INVITATIONS) throw problem('invitations-full', { hint: 'Withdraw some first.' });
      const { token, hash } = await ports.newLink();
      const invitation: Invitation = {
        id: ports.newId('inv'),
        email,
        role,
        invitedBy: ports.caller,
        createdAt: nowMs,
        expiresAt: nowMs + expiresInHours * HOUR_MS,
      };
      await store.invite({ ...invitation, tokenHash: hash, grants });
      await ports.mail(invitation, token);
      return invitation;
    },
    async withdraw(id: string): Promise<Invitation> {
      const gone = await store.withdraw(id);
      if (!gone) throw problem('invitation-unknown', { hint: 'GET /v1/invitations lists those that wait.' });
      return gone;
    },
  };
}
