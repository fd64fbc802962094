import { nameOf, shown } from '../../../core/quota/event.ts';
import type { Meter } from '../../../core/quota/meters.ts';
import { keptLanguage, type Language, localeOf } from '../../kit/language.ts';
import type { Addressee } from '../../members/store.ts';
import type { LimitReached } from './events.ts';

/** Who is told: those who can do something about it. */
const TOLD = ['owner', 'admin'];
const MAX_MEMBERS = 200;

interface NotifyPorts {
  members: { addressees(roles: readonly string[], limit: number): Promise<Addressee[]> };
  mail(message: { to: string; subject: string; text: string }): Promise<void>;
}

/** Tells the people who answer for a tenant, each in their language, that a limit is near or reached. */
export async function notify(tenant: string, notice: LimitReached, { members, mail }: NotifyPorts): Promise<void> {
  for (const { email, language } of await members.addressees(TOLD, MAX_MEMBERS)) {
    await mail({ to: email, ...textOf(tenant, notice, keptLanguage(language) ?? 'en') });
  }
}

/** As clients read of it (`nameOf`). */
const METERS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    runs: 'runs',
    steps: 'steps',
    cpuMs: 'ms of CPU',
    egressBytes: 'bytes sent and received',
    apiCalls: 'API calls',
    aiTokens: 'AI tokens',
    storageBytes: 'stored bytes',
    members: 'members',
  },
  de: {
    runs: 'Läufen',
    steps: 'Schritten',
    cpuMs: 'ms CPU',
    egressBytes: 'gesendeten und empfangenen Bytes',
    apiCalls: 'API-Aufrufen',
    aiTokens: 'KI-Token',
    storageBytes: 'gespeicherten Bytes',
    members: 'Mitgliedern',
  },
};

interface Said {
  tenant: string;
  name: string;
  used: string;
  limit: string;
  percent: number;
  month: string;
}

const WORDS = {
  en: {
    subject: ({ tenant, percent, name, month }: Said) => `${tenant}: ${percent} % of ${name} used in ${month}`,
    fact: ({ tenant, used, limit, name, month }: Said) => `${tenant} has used ${used} of ${limit} ${name} in ${month}.`,
    soft: 'Nothing is refused: this is the mark at which you wanted, or your plan wants you, to know.',
    full: 'What goes beyond it is refused until the next month begins or the plan is changed.',
    near: 'Once it is reached, what goes beyond it is refused until the next month begins or the plan is changed.',
    where: 'See Usage in the settings of the app.',
  },
  de: {
    subject: ({ tenant, percent, name, month }: Said) =>
      `${tenant}: im ${month} sind ${percent} % von ${name} verbraucht`,
    fact: ({ tenant, used, limit, name, month }: Said) =>
      `${tenant} hat im ${month} ${used} von ${limit} ${name} verbraucht.`,
    soft: 'Abgelehnt wird nichts: bei diesem Stand wollten Sie, oder will Ihr Tarif, dass Sie es wissen.',
    full: 'Was darüber geht, wird abgelehnt, bis der nächste Monat beginnt oder der Tarif sich ändert.',
    near: 'Ist die Grenze erreicht, wird abgelehnt, was darüber geht, bis der nächste Monat beginnt oder der Tarif sich ändert.',
    where: 'Mehr steht in den Einstellungen der App unter Verbrauch.',
  },
} as const;

/** `2026-11` as people write it. */
const monthOf = (period: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${period}-01`),
  );

export function textOf(tenant: string, notice: LimitReached, language: Language): { subject: string; text: string } {
  const { meter, percent, kind, limit, used, period } = notice;
  const locale = localeOf(language);
  const number = (meterOf: Meter, amount: number): string =>
    new Intl.NumberFormat(locale).format(shown(meterOf, amount));
  const words = WORDS[language];
  const key = nameOf(meter);
  const said = {
    tenant,
    name: METERS[language][key] ?? key,
    used: number(meter, used),
    limit: number(meter, limit),
    percent,
    month: monthOf(period, locale),
  };
  const what = kind === 'soft' ? words.soft : percent === 100 ? words.full : words.near;
  return { subject: words.subject(said), text: `${words.fact(said)}\n\n${what}\n\n${words.where}\n` };
}
