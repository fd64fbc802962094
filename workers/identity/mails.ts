import type { NewMail } from '../mail/outbox.ts';

// What people are sent. Plain text: nothing in it can be made to look like something else.

const IGNORE = 'If you did not ask for this, ignore this mail: nothing happens without the link.';

const mail = (to: string, subject: string, paragraphs: string[]): NewMail => ({
  to,
  subject,
  text: `${paragraphs.join('\n\n')}\n`,
});

export const verificationMail = (to: string, url: string): NewMail =>
  mail(to, 'Confirm your address', ['Confirm that this is your address, within a day:', url, IGNORE]);

export const resetMail = (to: string, url: string): NewMail =>
  mail(to, 'Choose a new password', ['Choose a new password, within an hour. The link works once:', url, IGNORE]);

export const magicLinkMail = (to: string, url: string): NewMail =>
  mail(to, 'Your sign-in link', ['Sign in with this link, within ten minutes. It works once:', url, IGNORE]);

/** To somebody whose address was given at sign-up although they have an account: the page says nothing about it. */
export const knownAddressMail = (to: string, origin: string): NewMail =>
  mail(to, 'You already have an account', [
    'Somebody, perhaps you, signed up with this address. There is an account already:',
    `${origin}/`,
    'If you forgot the password, choose a new one there.',
  ]);

export const passwordChangedMail = (to: string, origin: string): NewMail =>
  mail(to, 'Your password was changed', [
    'The password of your account was changed, and every session was ended.',
    `If it was not you, choose a new password at once: ${origin}/`,
  ]);
