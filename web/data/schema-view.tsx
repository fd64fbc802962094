import { useTexts } from '../text/index.tsx';
import { DRAGGED } from './dragged.ts';
import { cellText } from './items.ts';

const MAX_ROWS = 300;
const MAX_DEPTH = 8;
const MAX_SHOWN = 80;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

interface SchemaRow {
  /** Expression that reads it. */
  path: string;
  name: string;
  depth: number;
  type: string;
  value: unknown;
}

/** Every field of an item, in order, with the expression that reads it. Lists are seen through their first element. */
export function schemaOf(value: unknown, source: string): SchemaRow[] {
  const rows: SchemaRow[] = [];
  const walk = (each: unknown, path: string, depth: number): void => {
    if (depth > MAX_DEPTH || typeof each !== 'object' || each === null) return;
    const entries = Array.isArray(each) ? Object.entries(each.slice(0, 1)) : Object.entries(each);
    for (const [name, inner] of entries) {
      if (rows.length >= MAX_ROWS) return;
      const step = Array.isArray(each) ? `[${name}]` : IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
      const type = inner === null ? 'null' : Array.isArray(inner) ? 'array' : typeof inner;
      rows.push({ path: path + step, name: Array.isArray(each) ? `[${name}]` : name, depth, type, value: inner });
      walk(inner, path + step, depth + 1);
    }
  };
  walk(value, source, 0);
  return rows;
}

interface SchemaViewProps {
  value: unknown;
  source: string;
  label: string;
  onUse?: (expression: string) => void;
}

/** The fields of one item: each can be dragged onto a parameter, or used there by a press of its button. */
export function SchemaView({ value, source, label, onUse }: SchemaViewProps) {
  const texts = useTexts();
  const rows = schemaOf(value, source);
  return (
    <div className="flex flex-col gap-1">
      {onUse ? <p className="text-xs text-soft">{texts.panel.insertHint}</p> : null}
      <ul aria-label={label} className="flex flex-col rounded-lg border border-line py-1">
        {rows.map((row) => {
          const expression = `{{ ${row.path} }}`;
          return (
            <li key={row.path} className="min-w-0" style={{ paddingLeft: 8 + row.depth * 14 }}>
              <button
                type="button"
                draggable
                onClick={() => onUse?.(expression)}
                onDragStart={(event) => {
                  event.dataTransfer.setData(DRAGGED, expression);
                  event.dataTransfer.effectAllowed = 'copy';
                }}
                className="flex w-full min-w-0 cursor-grab items-baseline gap-2 rounded px-1 py-0.5 text-left text-xs hover:bg-well"
              >
                <span className="shrink-0 font-mono font-medium">{row.name}</span>
                <span className="shrink-0 text-soft">{row.type}</span>
                {typeof row.value === 'object' ? null : (
                  <span className="truncate font-mono text-soft">{cellText(row.value).slice(0, MAX_SHOWN)}</span>
                )}
                {onUse ? <span className="sr-only">{texts.panel.insert(row.path)}</span> : null}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
