import { useQuery } from '@tanstack/react-query';
import { useClient } from '../../../session/session.tsx';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { ProblemBox } from '../../../ui/problem.tsx';
import { Card, Loading } from '../../../ui/surface.tsx';
import { useSettingsTexts } from '../text/index.ts';

const TONES = ['bg-good', 'bg-busy', 'bg-bad'] as const;
const toneOf = (percent: number): string => TONES[percent >= 100 ? 2 : percent >= 80 ? 1 : 0] ?? '';

/** What was used of which limit in this period. */
export function Meters() {
  const { usage: texts } = useSettingsTexts();
  const { loading } = useTexts();
  const { locale } = useLanguage();
  const client = useClient();
  const now = useQuery({
    queryKey: ['usage', 'now'],
    queryFn: ({ signal }) => client.call('GET /v1/usage', {}, { signal }),
    refetchInterval: 30_000,
  });
  if (now.error) return <ProblemBox error={now.error} />;
  if (!now.data) return <Loading label={loading} />;
  const { plan, period, meters } = now.data;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0, notation: 'compact' });
  return (
    <Card className="flex flex-col gap-4 p-4">
      <header className="flex flex-col gap-1">
        <h2 className="text-base font-semibold">{texts.title}</h2>
        <p className="text-sm text-soft">{texts.lead(plan, day.format(period.start), day.format(period.end))}</p>
      </header>
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {meters.map(({ meter, used, soft, hard, percent = 0 }) => {
          const name = texts.meters[meter] ?? meter;
          const limit = hard ?? soft;
          return (
            <li key={meter} className="flex flex-col gap-1 text-sm">
              <span className="font-medium">{name}</span>
              <span className="text-soft">
                {limit === undefined
                  ? `${number.format(used)}, ${texts.noLimit}`
                  : texts.of(number.format(used), number.format(limit))}
              </span>
              {limit === undefined ? null : (
                <span
                  role="meter"
                  aria-label={name}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-valuenow={Math.min(100, Math.round(percent))}
                  className="h-1.5 overflow-hidden rounded-full bg-well"
                >
                  <span
                    className={`block h-full rounded-full ${toneOf(percent)}`}
                    style={{ width: `${Math.min(100, percent)}%` }}
                  />
                </span>
              )}
              {limit === undefined ? null : (
                <span className="text-xs text-soft">{hard === undefined ? texts.soft : texts.hard}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
