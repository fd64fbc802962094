import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Ticked } from './ticked.tsx';

/** `focus-within`: a date's calendar button has the focus while its box is not `:focus`. */
export const BOX =
  'w-full rounded-md border border-line bg-card px-2.5 text-sm placeholder:text-soft focus-within:border-accent focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent aria-invalid:border-bad';

interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Read out and shown below the box. */
  help?: ReactNode;
  error?: string | undefined;
  type?: 'text' | 'search' | 'password' | 'email' | 'number' | 'datetime-local';
  placeholder?: string;
  rows?: number;
  isMono?: boolean;
  hideLabel?: boolean;
  isRequired?: boolean;
  autoFocus?: boolean;
  autoComplete?: string;
  /** How browsers and password managers know the field. */
  name?: string;
  isReadOnly?: boolean;
  inputMode?: 'numeric' | 'text';
  maxLength?: number;
  /** Of a moment, as the browser writes it: `9999-12-31T23:59`. */
  max?: string;
  onBlur?: () => void;
  /** Offered while somebody types; anything else may be typed as well. */
  suggestions?: readonly string[];
}

/** The browser's own box with its label, its help and what is wrong with it; a key in it costs little. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, help, error, rows, isMono, hideLabel, isRequired, isReadOnly, suggestions, ...rest } =
    props;
  const id = useId();
  const [told, setTold] = useState<string>();
  const wrong = error ?? told;
  const described = [help === undefined ? '' : `${id}h`, wrong === undefined ? '' : `${id}e`].filter(Boolean).join(' ');
  const own = {
    ...rest,
    id,
    value,
    required: isRequired,
    readOnly: isReadOnly,
    'aria-label': hideLabel ? label : undefined,
    'aria-describedby': described || undefined,
    'aria-invalid': wrong === undefined ? undefined : true,
    onChange: ({ target }: { target: { value: string } }) => {
      setTold(undefined);
      onChange(target.value);
    },
    // said below the box and not in a bubble of the browser's; focus goes to the first of several
    onInvalid: (event: FormEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      event.preventDefault();
      const { form, validationMessage } = event.currentTarget;
      setTold(validationMessage);
      form?.querySelector<HTMLElement>(':is(input, textarea):invalid')?.focus();
    },
  };
  const mono = isMono ? 'font-mono text-[0.8125rem]' : '';
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {hideLabel ? null : (
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
      )}
      {rows === undefined ? (
        <input type="text" {...own} {...(suggestions ? { list: `${id}s` } : {})} className={`${BOX} h-8 ${mono}`} />
      ) : (
        <textarea {...own} rows={rows} className={`${BOX} py-1.5 ${mono}`} />
      )}
      {suggestions ? (
        <datalist id={`${id}s`}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      ) : null}
      {help === undefined ? null : (
        <span id={`${id}h`} className="text-xs text-soft">
          <Ticked>{help}</Ticked>
        </span>
      )}
      {wrong === undefined ? null : (
        <span id={`${id}e`} className="text-xs text-bad">
          {wrong}
        </span>
      )}
    </div>
  );
}

export function Switch({
  label,
  isSelected,
  onChange,
}: {
  label: string;
  isSelected: boolean;
  onChange: (value: boolean) => void;
}) {
  return (
    <label className="relative flex cursor-pointer items-center gap-2 text-sm">
      <input
        type="checkbox"
        role="switch"
        checked={isSelected}
        onChange={({ target }) => onChange(target.checked)}
        className="peer sr-only"
      />
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line bg-well p-0.5 transition peer-checked:bg-accent peer-focus-visible:outline-2 peer-checked:*:translate-x-4">
        <span className="size-3.5 rounded-full bg-card shadow transition" />
      </span>
      {label}
    </label>
  );
}
