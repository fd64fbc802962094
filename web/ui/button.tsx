import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

export type Look = 'main' | 'plain' | 'quiet' | 'danger';

const LOOKS: Readonly<Record<Look, string>> = {
  main: 'bg-accent text-on-accent data-[hovered]:brightness-110',
  plain: 'border border-line bg-card data-[hovered]:bg-well',
  quiet: 'text-soft data-[hovered]:bg-well data-[hovered]:text-ink',
  danger: 'border border-bad text-bad data-[hovered]:bg-bad-soft',
};

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className'> {
  look?: Look;
  /** Only an icon inside: then `aria-label` is its name. */
  square?: boolean;
  className?: string;
  ref?: Ref<HTMLButtonElement>;
  children?: ReactNode;
}

export function Button({ look = 'plain', square = false, className = '', ...rest }: ButtonProps) {
  const shape = square ? 'size-8 justify-center' : 'h-8 px-3';
  return (
    <AriaButton
      {...rest}
      className={`inline-flex shrink-0 cursor-pointer items-center gap-1.5 rounded-md text-sm font-medium transition data-[disabled]:cursor-not-allowed data-[disabled]:opacity-50 data-[pressed]:translate-y-px ${shape} ${LOOKS[look]} ${className}`}
    />
  );
}
