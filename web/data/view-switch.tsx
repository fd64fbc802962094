import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface ViewSwitchProps<T extends string> {
  label: string;
  value: T;
  options: readonly { id: T; text: string }[];
  onChange: (value: T) => void;
}

/** A few ways to see the same, one of them chosen. */
export function ViewSwitch<T extends string>({ label, value, options, onChange }: ViewSwitchProps<T>) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => onChange(([...keys][0] ?? value) as T)}
      className="flex rounded-md border border-line p-0.5"
    >
      {options.map(({ id, text }) => (
        <ToggleButton
          key={id}
          id={id}
          className="cursor-pointer rounded px-2 py-0.5 text-xs text-soft data-[selected]:bg-accent-soft data-[selected]:text-accent"
        >
          {text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
