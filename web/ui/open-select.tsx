import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { BOX } from './field.tsx';
import { useOpenAtOnce } from './use-open-at-once.ts';
import { Icon } from './icon.tsx';
import { Ticked } from './ticked.tsx';

export interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { id: T; text: string }[];
  onChange: (value: T) => void;
  hideLabel?: boolean;
  help?: ReactNode;
}

/** The choice with its list, open as soon as it is there. */
export function OpenSelect(props: SelectProps<string> & { around?: (list: ReactNode) => ReactNode }) {
  const { label, value, options, onChange, hideLabel, help, around } = props;
  const { trigger, isOpen, setOpen } = useOpenAtOnce();
  const list = (
    // one whose rows come and go has a height of its own
    <ListBox items={options} className={`outline-none ${around ? 'h-72 overflow-auto' : ''}`}>
      {(option) => (
        <ListBoxItem
          id={option.id}
          textValue={option.text}
          className="w-full cursor-pointer truncate rounded px-2 py-1 text-sm outline-none data-[focused]:bg-well data-[selected]:font-semibold data-[selected]:text-accent"
        >
          {option.text}
        </ListBoxItem>
      )}
    </ListBox>
  );
  return (
    <AriaSelect
      isOpen={isOpen}
      onOpenChange={setOpen}
      value={value}
      onChange={(key) => onChange(String(key))}
      className="flex min-w-0 flex-col gap-1"
      {...(hideLabel ? { 'aria-label': label } : {})}
    >
      {hideLabel ? null : <Label className="text-sm font-medium">{label}</Label>}
      <AriaButton
        ref={trigger}
        className={`${BOX} flex h-8 cursor-pointer items-center justify-between gap-2 text-left hover:bg-well`}
      >
        <SelectValue className="truncate" />
        <span className="text-soft">
          <Icon name="down" size={14} />
        </span>
      </AriaButton>
      {help === undefined ? null : (
        <Text slot="description" className="text-xs text-soft">
          <Ticked>{help}</Ticked>
        </Text>
      )}
      <Popover className="max-h-80 min-w-(--trigger-width) overflow-auto rounded-lg border border-line bg-card p-1 shadow-over">
        {around ? around(list) : list}
      </Popover>
    </AriaSelect>
  );
}
