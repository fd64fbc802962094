import { TextField } from '../../../ui/field.tsx';
import type { Value } from './schema.ts';

interface MomentFieldProps {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  error?: string | undefined;
}

/** As the browser's own control writes it, in the person's time zone. */
function localText(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** A moment, kept as epoch milliseconds. */
export function MomentField({ label, value, onChange, error }: MomentFieldProps) {
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={typeof value === 'number' ? localText(value) : ''}
      onChange={(text) => onChange(text === '' ? undefined : new Date(text).getTime())}
      error={error}
    />
  );
}
