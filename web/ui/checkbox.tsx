interface CheckboxProps {
  label: string;
  /** Read out in place of the label where that is too short by itself. */
  name?: string;
  isSelected: boolean;
  onChange: (value: boolean) => void;
}

export function Checkbox({ label, name, isSelected, onChange }: CheckboxProps) {
  return (
    <label className="inline-flex cursor-pointer align-middle text-sm items-center gap-1.5">
      <input
        type="checkbox"
        checked={isSelected}
        onChange={({ target }) => onChange(target.checked)}
        className="size-4 accent-accent"
        {...(name === undefined ? {} : { 'aria-label': `${name} ${label}` })}
      />
      {label}
    </label>
  );
}
