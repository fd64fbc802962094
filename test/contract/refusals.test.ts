import { BASE_ERROR_CODES } from '@better-auth/core/error';
import { describe, it } from 'vitest';
import { z } from 'zod';
import { refusal as german } from '../../web/text/refusals/de.ts';
import { refusal as english } from '../../web/text/refusals/en.ts';
import { isForPrograms } from '../../web/text/refusals/refusal.ts';
import { SENTENCES } from '../../web/text/refusals/sentences.de.ts';
import { sentencesOfTheApi } from './refusal-sentences.ts';

/** Made for other readers: programs that call `/internal` or probe an address, and the page of an organisation's sign-in, which has its own German. */
const ELSEWHERE = new Set([
  'Millrace',
  'Not signed in',
  'Nicht angemeldet',
  // what stands around other texts
  '{}.',
  '{}: {}',
  '{} at {}.',
  '{} ({})',
]);

const refused = (message: string, more: { title?: string; hint?: string } = {}) => ({
  message,
  hint: undefined,
  errors: [],
  ...more,
});
/** `{}` as a value that is certainly no word of ours. */
const said = (text: string): string => text.replaceAll('{}', '§7§');

describe('[REF1] refusals in German', () => {
  const sentences = sentencesOfTheApi().filter(({ text }) => !ELSEWHERE.has(text) && !isForPrograms(text));

  it('has every text that stands in the sources of the API', ({ expect }) => {
    expect(sentences.length).toBeGreaterThan(250);
    const missing = sentences.filter(({ text }) => german(refused(said(text))).text === said(text));
    expect([...new Set(missing.map(({ text, file }) => `${file}: ${text}`))]).toEqual([]);
  });

  it('keeps every value', ({ expect }) => {
    // what is wrong stands at its field
    const silent = new Set(['One thing is wrong, first {}: {}.', '{} things are wrong, first {}: {}.']);
    const lost = Object.entries(SENTENCES).filter(
      ([from, to]) => !silent.has(from) && from.split('{}').length !== to.split('{}').length,
    );
    expect(lost).toEqual([]);
    expect(german(refused('You do not have runs:write, keys:read.')).text).toBe(
      'Das haben Sie selbst nicht: runs:write, keys:read.',
    );
  });

  it('has nothing for texts that nobody says any more', ({ expect }) => {
    const known = new Set(sentencesOfTheApi().map(({ text }) => text));
    const idle = Object.keys(SENTENCES).filter((text) => !known.has(text) && !FROM_OBJECTS.has(text));
    expect(idle).toEqual([]);
  });

  it('knows what the library says to people who sign in', ({ expect }) => {
    const met = [
      'INVALID_EMAIL_OR_PASSWORD',
      'EMAIL_NOT_VERIFIED',
      'INVALID_EMAIL',
      'INVALID_PASSWORD',
      'INVALID_TOKEN',
      'TOKEN_EXPIRED',
      'PASSWORD_TOO_SHORT',
      'PASSWORD_TOO_LONG',
      'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
      'SESSION_EXPIRED',
      'SESSION_NOT_FRESH',
      'PROVIDER_NOT_FOUND',
      'VALIDATION_ERROR',
    ] as const;
    const english_ = met.filter((code) => {
      const { message } = BASE_ERROR_CODES[code];
      return german(refused(message)).text === message;
    });
    expect(english_).toEqual([]);
  });

  it('shows a text it has not under its title', ({ expect }) => {
    expect(german(refused('Quite another sentence.', { title: 'There is no such role', hint: 'Do it.' }))).toEqual({
      text: 'Diese Rolle gibt es nicht',
      hint: 'Quite another sentence. Do it.',
      faults: [],
    });
  });
});

/** Said by Durable Objects and by what signs people in, with no property that names it. */
const FROM_OBJECTS = new Set([
  'The run is already paused.',
  'The run is not paused.',
  'The run does not wait for this now.',
  'That step is not in doubt.',
  'Read the resource again, then decide.',
  'Check the id against the list it comes from.',
  'Send less at once.',
  'Send it again in a while.',
]);

describe('[REF2] what schemas say', () => {
  const schema = z.strictObject({
    name: z.string().min(1),
    long: z.string().max(3),
    short: z.string().min(10),
    mail: z.email(),
    url: z.url(),
    count: z.number().int().min(1).max(5),
    big: z.number().max(5),
    list: z.array(z.string()).max(1),
    choice: z.enum(['a', 'b']),
    yes: z.boolean(),
    code: z.string().regex(/^x$/),
    map: z.record(z.string().max(1), z.number()),
    either: z.union([z.string(), z.number()]),
    kind: z.discriminatedUnion('of', [z.object({ of: z.literal('x') }), z.object({ of: z.literal('y') })]),
    literal: z.literal('only'),
  });
  const bad = {
    name: '',
    long: 'abcd',
    short: 'abc',
    mail: 'no',
    url: 'no',
    count: 0.5,
    big: 9,
    list: ['a', 'b'],
    choice: 'c',
    yes: 'yes',
    code: 'y',
    map: { long: 1 },
    either: true,
    kind: { of: 'z' },
    literal: 'other',
    more: 1,
  };
  const messages = [bad, {}]
    .flatMap((value) => schema.safeParse(value).error?.issues ?? [])
    .map((each) => each.message);

  it('is put into words for people, in both languages', ({ expect }) => {
    expect(messages.length).toBeGreaterThan(25);
    for (const message of messages) {
      const [en, de] = [english(refused(message)).text, german(refused(message)).text];
      expect(en, message).not.toMatch(/Invalid|expected|received|Too (big|small)|Unrecognized|undefined/);
      expect(de, message).not.toMatch(/Invalid|expected|received|Too (big|small)|Unrecognized|undefined|This|must/);
    }
  });

  it('says little where a program would be told more', ({ expect }) => {
    const hint = 'Each entry of `errors` says where. /openapi.json has the schemas.';
    const problem = { message: 'One thing is wrong, first /name: This is needed.', hint };
    expect(
      english({
        ...problem,
        errors: [{ pointer: '/name', message: 'Too small: expected string to have >=1 characters' }],
      }),
    ).toEqual({
      text: 'One thing is wrong.',
      hint: undefined,
      faults: [{ pointer: '/name', text: 'This is needed' }],
    });
  });
});
