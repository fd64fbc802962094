import { zoneNames } from '../text/zone.ts';
import { Select } from './select.tsx';

interface ZoneSelectProps {
  label: string;
  /** IANA name; '' is the first entry. */
  value: string;
  onChange: (zone: string) => void;
  /** What it means to choose none, where that can be chosen. */
  none?: string;
  help?: string;
}

/** One of the time zones this browser knows; one it does not know stays as it is. */
export function ZoneSelect({ label, value, onChange, none, help }: ZoneSelectProps) {
  const names = zoneNames();
  const all = value === '' || names.includes(value) ? names : [value, ...names];
  return (
    <Select
      label={label}
      value={value}
      onChange={onChange}
      options={[
        ...(none === undefined ? [] : [{ id: '', text: none }]),
        ...all.map((id) => ({ id, text: id.replaceAll('_', ' ') })),
      ]}
      {...(help === undefined ? {} : { help })}
    />
  );
}
