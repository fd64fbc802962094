import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export type Look = 'main' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  main: 'bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line bg-card hover:bg-well',
  quiet: 'text-soft hover:bg-well hover:text-ink',
  danger: 'border border-bad text-bad hover:bg-bad-soft',
};

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  look?: Look;
  /** Only an icon inside: then `aria-label` is its name. */
  square?: boolean;
  isDisabled?: boolean;
  onPress?: () => void;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** The browser's own button: a page has dozens, and a list hundreds. */
export function Button(props: ButtonProps) {
  const { look = 'plain', square = false, isDisabled = false, className = '', onPress, onClick, ...rest } = props;
  const shape = square ? 'size-8 justify-center' : 'h-8 px-3';
  return (
    <button
      type="button"
      {...rest}
      disabled={isDisabled}
      onClick={(event) => {
        // Safari does not focus what is clicked: dialogs that close would not know where focus came from
        event.currentTarget.focus({ preventScroll: true });
        onClick?.(event);
        onPress?.();
      }}
      className={`inline-flex shrink-0 cursor-pointer items-center gap-1.5 rounded-md text-sm font-medium transition active:translate-y-px disabled:cursor-not-allowed disabled:opacity-50 ${shape} ${LOOKS[look]} ${className}`}
    />
  );
}
