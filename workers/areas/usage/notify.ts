import type { Member } from '../../members/store.ts';
import { nameOf, shown } from '../../../core/quota/event.ts';
import type { LimitReached } from './events.ts';

/** Who is told: those who can do something about it. */
const TOLD = new Set(['owner', 'admin']);
const MAX_MEMBERS = 200;

export interface NotifyPorts {
  members: { list(limit: number): Promise<Member[]> };
  mail(message: { to: string; subject: string; text: string }): Promise<void>;
}

/** Tells the people who answer for a tenant that a limit is near or reached. */
export async function notify(tenant: string, notice: LimitReached, { members, mail }: NotifyPorts): Promise<void> {
  const { subject, text } = textOf(tenant, notice);
  for (const { email, role } of await members.list(MAX_MEMBERS)) {
    if (TOLD.has(role)) await mail({ to: email, subject, text });
  }
}

export function textOf(tenant: string, { meter, percent, kind, limit, used, period }: LimitReached) {
  const name = nameOf(meter);
  const share = `${shown(meter, used)} of ${shown(meter, limit)} ${name}`;
  const what =
    kind === 'soft'
      ? 'Nothing is refused: this is the mark at which you wanted, or your plan wants you, to know.'
      : percent === 100
        ? 'What goes beyond it is refused until the next month begins or the plan is changed.'
        : 'Once it is reached, what goes beyond it is refused until the next month begins or the plan is changed.';
  return {
    subject: `${tenant}: ${percent} % of ${name} used in ${period}`,
    text: `${tenant} has used ${share} in ${period}.\n\n${what}\n\nSee Usage in the app, or GET /v1/usage.\n`,
  };
}
