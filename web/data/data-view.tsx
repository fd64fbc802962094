import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTexts } from '../text/index.tsx';
import { cellText, columnsOf, type ShownItem } from './items.ts';

const MAX_ITEMS = 100;
const MAX_COLUMNS = 40;
const MAX_CELL = 200;

/** Items side by side as a table, or as JSON. Everything is text: nothing of it is ever markup. */
export function DataView({ items, label }: { items: readonly ShownItem[]; label: string }) {
  const texts = useTexts();
  const [view, setView] = useState<'table' | 'json'>('table');
  const shown = items.slice(0, MAX_ITEMS);
  if (items.length === 0) return <p className="text-sm text-soft">{texts.runs.noItems}</p>;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <span className="text-xs text-soft">
          {items.length > MAX_ITEMS ? texts.runs.truncated(MAX_ITEMS, items.length) : texts.runs.items(items.length)}
        </span>
        <ToggleButtonGroup
          aria-label={texts.runs.view}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={(keys) => setView([...keys][0] === 'json' ? 'json' : 'table')}
          className="flex rounded-md border border-line p-0.5"
        >
          {(['table', 'json'] as const).map((id) => (
            <ToggleButton
              key={id}
              id={id}
              className="cursor-pointer rounded px-2 py-0.5 text-xs text-soft data-[selected]:bg-accent-soft data-[selected]:text-accent"
            >
              {texts.runs[id]}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>
      {view === 'json' ? (
        <pre
          aria-label={label}
          tabIndex={0}
          className="max-h-96 overflow-auto rounded-lg bg-well p-3 font-mono text-xs break-all whitespace-pre-wrap"
        >
          {JSON.stringify(
            shown.map(({ json }) => json),
            undefined,
            2,
          )}
        </pre>
      ) : (
        <ItemTable items={shown} label={label} />
      )}
    </div>
  );
}

function ItemTable({ items, label }: { items: readonly ShownItem[]; label: string }) {
  const columns = columnsOf(items, MAX_COLUMNS);
  return (
    <div role="region" aria-label={label} tabIndex={0} className="max-h-96 overflow-auto rounded-lg border border-line">
      <table className="w-full border-collapse text-left text-xs">
        <thead className="sticky top-0 bg-well">
          <tr>
            <th scope="col" className="px-2 py-1.5 font-medium text-soft">
              #
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className="px-2 py-1.5 font-mono font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item, index) => (
            <tr key={index} className="border-t border-line align-top">
              <th scope="row" className="px-2 py-1 font-normal text-soft">
                {index}
              </th>
              {columns.map((name) => {
                const text = cellText(Object.hasOwn(item.json, name) ? item.json[name] : undefined);
                return (
                  <td key={name} title={text.slice(0, 2_000)} className="max-w-64 truncate px-2 py-1 font-mono">
                    {text.slice(0, MAX_CELL)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
