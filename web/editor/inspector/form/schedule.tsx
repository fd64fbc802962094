import { useQuery } from '@tanstack/react-query';
import type { Json } from '../../../../core/data/item.ts';
import { useLanguage, useTexts } from '../../../text/index.tsx';
import { Said } from '../../../text/said/index.tsx';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import type { KindProps } from './kind.ts';
import { ListKind } from './list.tsx';
import { usePlace } from './place.tsx';

const SHOWN = 5;

/** Rules of a schedule, and when they come true next: computed by the code that will start the runs. */
export function Schedule(props: KindProps) {
  const { panel } = useTexts();
  const { zone, onZone } = usePlace();
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <ListKind {...props} />
      <ZoneSelect label={panel.workflowZone} value={zone} onChange={onZone} />
      <NextTimes interval={props.value} />
    </div>
  );
}

function NextTimes({ interval }: { interval: Json | undefined }) {
  const texts = useTexts();
  const { locale } = useLanguage();
  const { zone } = usePlace();
  const times = useQuery({
    queryKey: ['next-times', interval, zone],
    // zones and cron take a library that nobody needs for other steps
    queryFn: async () => {
      const { nextRuns } = await import('../../../../core/nodes/schedule/rule.ts');
      const parameters = interval === undefined ? {} : { rule: { interval } };
      const node = {
        id: '',
        name: '',
        type: 'schedule',
        version: 1.2,
        parameters,
        position: [0, 0] as [number, number],
      };
      return nextRuns(node, Date.now(), zone, SHOWN).map(({ atMs }) => atMs);
    },
    retry: false,
    staleTime: 1_000,
  });
  if (times.error) {
    return (
      <p role="status" className="text-xs text-bad">
        <Said text={times.error.message} />
      </p>
    );
  }
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', timeZone: zone });
  return (
    <section aria-label={texts.panel.nextTimes} className="rounded-lg bg-well p-3 text-xs">
      <p className="pb-1 font-medium">
        {texts.panel.nextTimes} <span className="font-normal text-soft">({zone})</span>
      </p>
      <ol className="flex flex-col gap-0.5">
        {(times.data ?? []).map((atMs) => (
          <li key={atMs}>
            <time dateTime={new Date(atMs).toISOString()}>{format.format(atMs)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}
