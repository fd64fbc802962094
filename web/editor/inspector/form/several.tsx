import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Json } from '../../../../core/data/item.ts';
import { useLanguage } from '../../../text/index.tsx';
import { choiceOf, type KindProps } from './kind.ts';

const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

function Toggles(props: {
  label: string;
  chosen: readonly string[];
  options: readonly { id: string; text: string }[];
  onChange: (ids: string[]) => void;
}) {
  const { label, chosen, options, onChange } = props;
  return (
    <div className="flex flex-col gap-1">
      <span className="text-sm font-medium">{label}</span>
      <ToggleButtonGroup
        aria-label={label}
        selectionMode="multiple"
        selectedKeys={chosen}
        onSelectionChange={(keys) => onChange(options.filter(({ id }) => keys.has(id)).map(({ id }) => id))}
        className="flex flex-wrap gap-1"
      >
        {options.map(({ id, text }) => (
          <ToggleButton
            key={id}
            id={id}
            className="cursor-pointer rounded-md border border-line px-2 py-1 text-xs text-soft data-[selected]:border-accent data-[selected]:bg-accent-soft data-[selected]:text-accent"
          >
            {text}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}

/** Some of the options; what a file has beside them is kept. */
export function SeveralKind({ field, value, onChange }: KindProps) {
  const options = field.options ?? [];
  const chosen = listOf(value ?? field.default).map(String);
  const others = chosen.filter((each) => !options.includes(each));
  return (
    <Toggles
      label={field.label}
      chosen={chosen}
      options={options.map(choiceOf(field))}
      onChange={(ids) => onChange([...ids, ...others])}
    />
  );
}

/** 1970-01-04 was a Sunday. */
const SUNDAY_MS = Date.UTC(1970, 0, 4);
const DAY_MS = 86_400_000;

export function WeekdaysKind({ field, value, onChange }: KindProps) {
  const { locale } = useLanguage();
  const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const options = [1, 2, 3, 4, 5, 6, 0].map((day) => ({
    id: String(day),
    text: format.format(SUNDAY_MS + day * DAY_MS),
  }));
  return (
    <Toggles
      label={field.label}
      chosen={listOf(value ?? field.default).map((day) => String(Number(day) % 7))}
      options={options}
      onChange={(ids) => onChange(ids.map(Number))}
    />
  );
}
