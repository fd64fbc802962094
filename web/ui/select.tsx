import { lazy, Suspense, useId, useState } from 'react';
import { BOX } from './field.tsx';
import type { SelectProps } from './open-select.tsx';

const load = () => import('./open-select.tsx').then(({ OpenSelect }) => ({ default: OpenSelect }));
const OpenSelect = lazy(load);
const OpenLongSelect = lazy(() =>
  import('./open-long-select.tsx').then(({ OpenLongSelect: component }) => ({ default: component })),
);
const LONG = 100;

/** A choice of a few. Its list is fetched when somebody comes near: most are only read. */
export function Select<T extends string>(props: SelectProps<T>) {
  const [isWanted, setWanted] = useState(false);
  const closed = <ClosedSelect {...props} onOpen={() => setWanted(true)} />;
  if (!isWanted) return closed;
  const Open = props.options.length > LONG ? OpenLongSelect : OpenSelect;
  return (
    <Suspense fallback={closed}>
      <Open {...props} onChange={(value) => props.onChange(value as T)} />
    </Suspense>
  );
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
        <span aria-hidden="true" className="text-soft">
          ▾
        </span>
      </button>
      {help === undefined ? null : (
        <span id={`${id}h`} className="text-xs text-soft">
          {help}
        </span>
      )}
    </div>
  );
}
