import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../text/index.tsx';
import { Loading } from '../ui/surface.tsx';
import { FilesView } from './files-view.tsx';
import { cellText, columnsOf, pagesOf, type ShownItem } from './items.ts';
import { SchemaView } from './schema-view.tsx';
import { ViewSwitch } from './view-switch.tsx';

const Paper = lazy(() => import('./paper.tsx').then(({ Paper: component }) => ({ default: component })));

const MAX_ITEMS = 100;
const MAX_COLUMNS = 40;
const MAX_CELL = 200;

type ViewName = 'table' | 'json' | 'schema' | 'files' | 'rendered';

interface DataViewProps {
  items: readonly ShownItem[];
  label: string;
  /** The expression that reads an item's fields, `$json` or `$('Node').item.json`: then fields can be used. */
  source?: string;
  /** Which item is meant, where one is. */
  chosen?: number;
  onChoose?: (index: number) => void;
  onUse?: (expression: string) => void;
}

/**
 * Items as a table, as JSON, by their fields, their files, and pages they hold. Everything is text: nothing of it is ever
 * markup of this page (pages are drawn on paper of their own).
 */
export function DataView({ items, label, source, chosen, onChoose, onUse }: DataViewProps) {
  const texts = useTexts();
  const [picked, setPicked] = useState<ViewName>();
  const shown = items.slice(0, MAX_ITEMS);
  if (items.length === 0) return <p className="text-sm text-soft">{texts.runs.noItems}</p>;
  const hasFiles = shown.some(({ binary }) => binary && Object.keys(binary).length > 0);
  const views: ViewName[] = ['table', 'json', ...(source === undefined ? [] : ['schema' as const])];
  if (hasFiles) views.push('files');
  const item = shown[chosen ?? 0] ?? shown[0];
  const pages = item ? pagesOf(item.json) : [];
  if (pages.length > 0) views.push('rendered');
  const view = picked !== undefined && views.includes(picked) ? picked : 'table';
  const names = {
    table: texts.runs.table,
    json: texts.runs.json,
    schema: texts.panel.schema,
    files: texts.panel.files,
    rendered: texts.panel.rendered,
  };
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-xs text-soft">
          {items.length > MAX_ITEMS ? texts.runs.truncated(MAX_ITEMS, items.length) : texts.runs.items(items.length)}
        </span>
        <ViewSwitch
          label={texts.runs.view}
          value={view}
          options={views.map((id) => ({ id, text: names[id] }))}
          onChange={setPicked}
        />
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
      ) : view === 'schema' && source !== undefined && item ? (
        <SchemaView value={item.json} source={source} label={label} {...(onUse ? { onUse } : {})} />
      ) : view === 'files' ? (
        <FilesView items={shown} label={label} />
      ) : view === 'rendered' ? (
        <Suspense fallback={<Loading label={texts.loading} />}>
          {pages.map(({ name, text }) => (
            <Paper key={name} text={text} kind="page" title={`${label}: ${name}`} />
          ))}
        </Suspense>
      ) : (
        <ItemTable items={shown} label={label} {...(onChoose ? { chosen: chosen ?? 0, onChoose } : {})} />
      )}
    </div>
  );
}

interface ItemTableProps {
  items: readonly ShownItem[];
  label: string;
  chosen?: number;
  onChoose?: (index: number) => void;
}

function ItemTable({ items, label, chosen, onChoose }: ItemTableProps) {
  const texts = useTexts();
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
                {onChoose ? (
                  <button
                    type="button"
                    aria-pressed={index === chosen}
                    aria-label={texts.panel.item(index, items.length)}
                    onClick={() => onChoose(index)}
                    className="cursor-pointer rounded px-1 aria-pressed:bg-accent aria-pressed:text-on-accent"
                  >
                    {index}
                  </button>
                ) : (
                  index
                )}
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
