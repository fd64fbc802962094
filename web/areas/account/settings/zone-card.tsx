import { useLanguage } from '../../../text/index.tsx';
import { chooseZone } from '../../../text/zone.ts';
import { ownZone } from '../../../ui/moment.ts';
import { useNow } from '../../../ui/now.ts';
import { ZoneSelect } from '../../../ui/zone-select.tsx';
import { useAccountTexts } from '../text/index.ts';
import { AccountCard } from './card.tsx';

const MINUTE_MS = 60_000;

/** In which zone moments are shown and typed, in this browser, as its language is. */
export function ZoneCard() {
  const { account: texts } = useAccountTexts();
  const { locale, zone } = useLanguage();
  const now = useNow(MINUTE_MS);
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: zone }).format(now);
  return (
    <AccountCard title={texts.zone} lead={texts.zoneLead}>
      <div className="w-80 max-w-full">
        <ZoneSelect
          label={texts.zoneOf}
          value={zone ?? ''}
          onChange={(next) => chooseZone(next === '' ? undefined : next)}
          none={texts.browserZone(new Intl.DateTimeFormat().resolvedOptions().timeZone)}
          help={texts.zoneNow(clock, ownZone(zone))}
        />
      </div>
    </AccountCard>
  );
}
