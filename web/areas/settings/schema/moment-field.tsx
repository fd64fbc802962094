import { useLanguage } from '../../../text/index.tsx';
import { TextField } from '../../../ui/field.tsx';
import { ownZone } from '../../../ui/moment.ts';
import { localText, momentIn } from '../../../ui/typed-moment.ts';
import type { Value } from './schema.ts';

interface MomentFieldProps {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  error?: string | undefined;
}

/** Years have four digits: with a fifth one typed, browsers give a text that is no moment to anybody else. */
const LAST = '9999-12-31T23:59';

/** A moment, kept as epoch milliseconds. */
export function MomentField({ label, value, onChange, error }: MomentFieldProps) {
  const { zone } = useLanguage();
  return (
    <TextField
      label={`${label} (${ownZone(zone)})`}
      type="datetime-local"
      max={LAST}
      value={typeof value === 'number' ? localText(value, zone) : ''}
      onChange={(text) => onChange(momentIn(text, zone))}
      error={error}
    />
  );
}
