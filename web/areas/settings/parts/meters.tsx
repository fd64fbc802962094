import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../session/session.tsx';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { useMeterName } from '../../../text/meters.ts';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Loading } from '../../../ui/surface.tsx';
import { useSettingsTexts } from '../text/index.ts';
import { amountText } from './amounts.ts';

const TONES = ['bg-good', 'bg-busy', 'bg-bad'] as const;
const toneOf = (percent: number): string => TONES[percent >= 100 ? 2 : percent >= 80 ? 1 : 0] ?? '';

/** What was used of which limit in this period. */
export function Meters() {
  const { usage: texts } = useSettingsTexts();
  const { loading } = useTexts();
  const { locale } = useLanguage();
  const meterName = useMeterName();
  const client = useClient();
  const now = useQuery({
    queryKey: ['usage', 'now'],
    queryFn: ({ signal }) => client.call('GET /v1/usage', {}, { signal }),
    refetchInterval: 30_000,
  });
  if (now.error) return <ProblemBox error={now.error} />;
  if (!now.data) return <Loading label={loading} />;
  const { plan, period, meters, rates } = now.data;
  const limits = Object.entries(rates).flatMap(([name, rate]) =>
    rate ? [texts.rate(texts.rates[name] ?? name, rate.perSecond, rate.burst)] : [],
  );
  // months are counted in UTC, also where it is another day
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <Card className="flex flex-col gap-4 p-4">
      <header className="flex flex-col gap-1">
        <h2 className="text-base font-semibold">{texts.title}</h2>
        <p className="text-sm text-soft">{texts.lead(plan, day.format(period.start), day.format(period.end))}</p>
      </header>
      <ul className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        {meters.map(({ meter, used, soft, hard, percent = 0 }) => {
          const name = meterName(meter);
          const limit = hard ?? soft;
          return (
            <li key={meter} className="flex min-w-0 flex-col gap-0.5 rounded-lg border border-line p-3 text-sm">
              <span className="truncate text-soft" title={name}>
                {name}
              </span>
              <span className="text-xl font-semibold tracking-tight tabular-nums">
                {amountText(meter, used, locale)}
              </span>
              <span className="text-xs text-soft">
                {limit === undefined
                  ? texts.noLimit
                  : `${texts.ofLimit(amountText(meter, limit, locale))}, ${hard === undefined ? texts.soft : texts.hard}`}
              </span>
              {limit === undefined ? null : (
                <span
                  role="meter"
                  aria-label={name}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.min(100, Math.round(percent))}
                  className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-well"
                >
                  <span
                    className={`block h-full rounded-full ${toneOf(percent)}`}
                    style={{ width: `${Math.min(100, percent)}%` }}
                  />
                </span>
              )}
            </li>
          );
        })}
      </ul>
      {limits.length > 0 ? <p className="text-sm text-soft">{limits.join(' · ')}</p> : null}
    </Card>
  );
}
