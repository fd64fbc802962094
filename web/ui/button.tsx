import { type ButtonHTMLAttributes, type ReactNode, type Ref, useEffect, useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { announce } from './announce.ts';

export type Look = 'main' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  main: 'border border-transparent bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line bg-card hover:bg-well',
  quiet: 'text-soft hover:bg-well hover:text-ink',
  danger: 'border border-bad text-bad hover:bg-bad-soft',
};

/** What takes longer is announced; most is done sooner. */
const LONG_MS = 500;

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {
  look?: Look;
  /** Only an icon inside: then `aria-label` is its name. */
  square?: boolean;
  isDisabled?: boolean;
  /** It works on what it was pressed for: keeps the focus, and another press does nothing. */
  isPending?: boolean;
  onPress?: () => void;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

/** The browser's own button: a page has dozens, and a list hundreds. */
export function Button(props: ButtonProps) {
  const { look = 'plain', square = false, isDisabled = false, isPending = false, className = '', ...others } = props;
  const { onPress, onClick, onFocus, onBlur, ...rest } = others;
  const { working } = useTexts();
  const [isFocused, setFocused] = useState(false);
  const isBusy = isPending && isFocused;
  useEffect(() => (isBusy ? announce(() => working, LONG_MS) : undefined), [isBusy, working]);
  // one that is really disabled loses the focus, and whoever pressed it their place
  const isOff = isPending || (isDisabled && isFocused);
  const shape = square ? 'size-8 justify-center' : 'h-8 px-3';
  return (
    <button
      type="button"
      // an icon alone says to the mouse what it is, too
      title={square ? rest['aria-label'] : undefined}
      {...rest}
      disabled={isDisabled && !isOff}
      aria-disabled={isOff || undefined}
      onFocus={(event) => {
        setFocused(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setFocused(false);
        onBlur?.(event);
      }}
      onClick={(event) => {
        // Safari does not focus what is clicked: dialogs that close would not know where focus came from. Enter in a box
        // clicks the button of its form, too; whoever types stays there.
        if (event.detail > 0) event.currentTarget.focus({ preventScroll: true });
        if (isOff) {
          event.preventDefault();
          return;
        }
        onClick?.(event);
        onPress?.();
      }}
      className={`inline-flex shrink-0 cursor-pointer items-center gap-1.5 rounded-md text-sm font-medium transition active:translate-y-px disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 ${shape} ${LOOKS[look]} ${className}`}
    />
  );
}
