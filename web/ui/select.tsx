import { useId } from 'react';
import { BOX } from './field.tsx';
import type { SelectProps } from './open-select.tsx';
import { Icon } from './icon.tsx';
import { useFetched } from './use-fetched.ts';
import { Ticked } from './ticked.tsx';

const load = () => import('./open-select.tsx').then(({ OpenSelect }) => OpenSelect);
const loadLong = () => import('./open-long-select.tsx').then(({ OpenLongSelect }) => OpenLongSelect);
const LONG = 100;

/** A choice of a few. Its list is fetched when somebody comes near: most are only read. */
export function Select<T extends string>(props: SelectProps<T>) {
  const [Open, open] = useFetched<SelectProps<string>>(props.options.length > LONG ? loadLong : load);
  if (Open) return <Open {...props} onChange={(value) => props.onChange(value as T)} />;
  return <ClosedSelect {...props} onOpen={open} />;
}

function ClosedSelect<T extends string>(props: SelectProps<T> & { onOpen: () => void }) {
  const { label, value, options, hideLabel, help, onOpen } = props;
  const id = useId();
  const near = (): void => void load().catch(() => undefined);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span id={`${id}l`} className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </span>
      <button
        type="button"
        aria-haspopup="listbox"
        aria-expanded={false}
        aria-labelledby={`${id}v ${id}l`}
        {...(help === undefined ? {} : { 'aria-describedby': `${id}h` })}
        onClick={onOpen}
        onPointerEnter={near}
        onFocus={near}
        onKeyDown={({ key }) => {
          if (key === 'ArrowDown' || key === 'ArrowUp') onOpen();
        }}
        className={`${BOX} flex h-8 cursor-pointer items-center justify-between gap-2 text-left hover:bg-well`}
      >
        <span id={`${id}v`} className="truncate">
          {options.find((each) => each.id === value)?.text ?? '–'}
        </span>
        <span className="text-soft">
          <Icon name="down" size={14} />
        </span>
      </button>
      {help === undefined ? null : (
        <span id={`${id}h`} className="text-xs text-soft">
          <Ticked>{help}</Ticked>
        </span>
      )}
    </div>
  );
}
