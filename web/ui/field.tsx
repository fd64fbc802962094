import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  Switch as AriaSwitch,
  Text,
  TextArea,
  TextField as AriaTextField,
} from 'react-aria-components';

export const BOX =
  'w-full rounded-md border border-line bg-card px-2.5 text-sm placeholder:text-soft data-[focused]:border-accent data-[focused]:outline-2 data-[focused]:outline-accent data-[invalid]:border-bad';

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
  isDisabled?: boolean;
  autoFocus?: boolean;
  autoComplete?: string;
  /** How browsers and password managers know the field. */
  name?: string;
  isReadOnly?: boolean;
  inputMode?: 'numeric' | 'text';
  maxLength?: number;
  onBlur?: () => void;
}

export function TextField(props: TextFieldProps) {
  const { label, value, onChange, help, error, rows, isMono, hideLabel, placeholder, ...rest } = props;
  const mono = isMono ? 'font-mono text-[0.8125rem]' : '';
  return (
    <AriaTextField
      {...rest}
      value={value}
      onChange={onChange}
      isInvalid={error !== undefined}
      className="flex min-w-0 flex-col gap-1"
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {hideLabel ? null : <Label className="text-sm font-medium">{label}</Label>}
      {rows === undefined ? (
        <Input className={`${BOX} h-8 ${mono}`} {...(placeholder === undefined ? {} : { placeholder })} />
      ) : (
        <TextArea
          rows={rows}
          className={`${BOX} py-1.5 ${mono}`}
          {...(placeholder === undefined ? {} : { placeholder })}
        />
      )}
      {help === undefined ? null : (
        <Text slot="description" className="text-xs text-soft">
          {help}
        </Text>
      )}
      <FieldError className="text-xs text-bad">{error}</FieldError>
    </AriaTextField>
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
    <AriaSwitch
      isSelected={isSelected}
      onChange={onChange}
      className="group flex cursor-pointer items-center gap-2 text-sm"
    >
      <span className="flex h-5 w-9 shrink-0 items-center rounded-full border border-line bg-well p-0.5 transition group-data-[focus-visible]:outline-2 group-data-[selected]:bg-accent">
        <span className="size-3.5 rounded-full bg-card shadow transition group-data-[selected]:translate-x-4" />
      </span>
      {label}
    </AriaSwitch>
  );
}
