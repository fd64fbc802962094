import type { NewMail } from '../../mail/outbox.ts';
import type { Invitation } from '../../members/store.ts';

interface About {
  organization: string;
  origin: string;
  token: string;
}

/** The name is somebody's own text: one line of it, and short, so that it cannot pass for a message of ours. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);

export function invitationMail(
  { email, role, expiresAt }: Invitation,
  { organization, origin, token }: About,
): NewMail {
  const name = oneLine(organization);
  return {
    to: email,
    subject: `You are invited to ${name}`,
    text: [
      `You are invited to join the organisation "${name}" as ${role}.`,
      // After the hash: the token never reaches a log of addresses.
      `${origin}/#invitation=${token}`,
      `The link works once, for this address, until ${new Date(expiresAt).toUTCString()}.`,
      'If you do not know them, ignore this mail.',
      '',
    ].join('\n\n'),
  };
}
