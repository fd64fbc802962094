import { type BuiltInRole, isBuiltInRole } from '../../../core/access/roles.ts';
import { type Language, localeOf } from '../../kit/language.ts';
import type { NewMail } from '../../mail/outbox.ts';
import type { Invitation } from '../../members/store.ts';

interface About {
  organization: string;
  origin: string;
  token: string;
  language: Language;
  /** What the organisation calls a role of its own. */
  ownRole?: string | undefined;
}

/** The name is somebody's own text: one line of it, and short, so that it cannot pass for a message of ours. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 60);

/** A moment whose zone is said: nobody knows where the reader is. */
const moment = (atMs: number, language: Language): string =>
  new Intl.DateTimeFormat(localeOf(language), {
    dateStyle: 'full',
    timeStyle: 'long',
    timeZone: 'UTC',
  }).format(atMs);

export function invitationMail({ email, role, expiresAt }: Invitation, about: About): NewMail {
  const { organization, origin, token, language, ownRole } = about;
  const name = oneLine(organization);
  const own = oneLine(ownRole ?? role);
  // After the hash: the token never reaches a log of addresses.
  const link = `${origin}/#invitation=${token}`;
  const until = moment(expiresAt, language);
  const words = {
    en: {
      subject: `You are invited to ${name}`,
      text: [
        `You are invited to join the organisation "${name}" as ${own}.`,
        link,
        `The link works once, for this address, until ${until}.`,
        'If you do not know them, ignore this mail.',
      ],
    },
    de: {
      subject: `Einladung zu ${name}`,
      text: [
        `Sie sind in die Organisation „${name}“ eingeladen, als ${isBuiltInRole(role) ? ROLES_DE[role] : own}.`,
        link,
        `Der Link gilt einmal, für diese Adresse, bis ${until}.`,
        'Wenn Sie dort niemanden kennen, ist nichts zu tun.',
      ],
    },
  }[language];
  return { to: email, subject: words.subject, text: `${words.text.join('\n\n')}\n` };
}

const ROLES_DE: Readonly<Record<BuiltInRole, string>> = {
  owner: 'Eigentümer',
  admin: 'Verwalter',
  editor: 'Bearbeiter',
  operator: 'Bediener',
  viewer: 'Leser',
  guest: 'Gast',
};
