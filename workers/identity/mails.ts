import type { Language } from '../kit/language.ts';
import type { NewMail } from '../mail/outbox.ts';

// What people are sent. Plain text: nothing in it can be made to look like something else.

type Mail = [subject: string, ...paragraphs: string[]];

/** `link` is the link the mail is about, or the app's own address. */
const WORDS: Readonly<Record<Language, Readonly<Record<MailKind, (link: string) => Mail>>>> = {
  en: {
    verification: (link) => [
      'Confirm your address',
      'Confirm that this is your address, within a day:',
      link,
      'If you did not ask for this, ignore this mail: nothing happens without the link.',
    ],
    reset: (link) => [
      'Choose a new password',
      'Choose a new password, within an hour. The link works once:',
      link,
      'If you did not ask for this, ignore this mail: nothing happens without the link.',
    ],
    magicLink: (link) => [
      'Your sign-in link',
      'Sign in with this link, within ten minutes. It works once:',
      link,
      'If you did not ask for this, ignore this mail: nothing happens without the link.',
    ],
    knownAddress: (link) => [
      'You already have an account',
      'Somebody, perhaps you, signed up with this address. There is an account already:',
      link,
      'If you forgot the password, choose a new one there.',
    ],
    passwordChanged: (link) => [
      'Your password was changed',
      'The password of your account was changed, and every session was ended.',
      `If it was not you, choose a new password at once: ${link}`,
    ],
  },
  de: {
    verification: (link) => [
      'Bestätigen Sie Ihre Adresse',
      'Bestätigen Sie binnen eines Tages, dass dies Ihre Adresse ist:',
      link,
      'Wenn Sie das nicht angefordert haben, ist nichts zu tun: ohne den Link geschieht nichts.',
    ],
    reset: (link) => [
      'Wählen Sie ein neues Passwort',
      'Wählen Sie binnen einer Stunde ein neues Passwort. Der Link gilt einmal:',
      link,
      'Wenn Sie das nicht angefordert haben, ist nichts zu tun: ohne den Link geschieht nichts.',
    ],
    magicLink: (link) => [
      'Ihr Link zum Anmelden',
      'Melden Sie sich binnen zehn Minuten mit diesem Link an. Er gilt einmal:',
      link,
      'Wenn Sie das nicht angefordert haben, ist nichts zu tun: ohne den Link geschieht nichts.',
    ],
    knownAddress: (link) => [
      'Sie haben schon ein Konto',
      'Jemand, vielleicht Sie, hat sich mit dieser Adresse registriert. Dazu gibt es schon ein Konto:',
      link,
      'Wenn Sie das Passwort vergessen haben, wählen Sie dort ein neues.',
    ],
    passwordChanged: (link) => [
      'Ihr Passwort wurde geändert',
      'Das Passwort Ihres Kontos wurde geändert, und jede Sitzung ist beendet.',
      `Wenn Sie das nicht waren, wählen Sie sofort ein neues: ${link}`,
    ],
  },
};

export type MailKind = 'verification' | 'reset' | 'magicLink' | 'knownAddress' | 'passwordChanged';

export function identityMail(to: string, kind: MailKind, link: string, language: Language): NewMail {
  const [subject, ...paragraphs] = WORDS[language][kind](link);
  return { to, subject, text: `${paragraphs.join('\n\n')}\n` };
}
