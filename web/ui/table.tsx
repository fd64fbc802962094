import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  title: string;
  /** The cell that names the row. */
  isHead?: boolean;
  className?: string;
  cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** In a card with a padding of its own: rows go from edge to edge. */
  isFlush?: boolean;
}

/** The cells' type is not the headings'. */
const placeOf = (className: string): string => className.replaceAll(/\b(font-mono|text-xs)\b/g, '');

/**
 * On a phone a row is a block: what it is called beside what can be done with it, and below that a line for each of the
 * others, named by its column. What reads a page aloud says those names itself, from the headings.
 */
const ROW = 'max-sm:relative max-sm:flex max-sm:flex-wrap max-sm:items-start max-sm:gap-x-4 max-sm:gap-y-1 max-sm:p-4';
const PARTS = {
  all:
    'max-sm:w-auto max-sm:max-w-full max-sm:min-w-0 max-sm:p-0 max-sm:text-left max-sm:wrap-anywhere ' +
    'max-sm:has-[>div:empty]:hidden max-sm:[&_.truncate]:whitespace-normal',
  /** More than half, so that no line of another comes beside it. */
  head: 'max-sm:-order-2 max-sm:grow max-sm:basis-3/5 max-sm:leading-6',
  select: 'max-sm:absolute max-sm:top-4 max-sm:left-4 max-sm:flex max-sm:h-6 max-sm:items-center',
  actions: 'max-sm:-order-1 max-sm:-mt-1 max-sm:-mr-2 max-sm:ml-auto',
  line:
    'max-sm:grid max-sm:basis-full max-sm:grid-cols-[6.5rem_minmax(0,1fr)] max-sm:items-baseline max-sm:gap-x-3 ' +
    'max-sm:min-[30rem]:basis-[calc(50%-0.5rem)] max-sm:leading-5 max-sm:before:font-sans max-sm:before:text-xs max-sm:before:leading-5 ' +
    "max-sm:before:text-soft max-sm:before:content-[attr(data-title)_/_'']",
} as const;

/** A plain table: what is in a row is a link or a button of its own, so the keyboard needs no special rules. */
export function Table<Row>({ label, columns, rows, keyOf, isFlush = false }: TableProps<Row>) {
  const isSelectable = columns[0]?.title === '';
  return (
    <div className={`overflow-x-auto ${isFlush ? '-mx-4 -mb-2' : ''}`}>
      <table aria-label={label} className="w-full border-collapse text-left text-sm max-sm:block">
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line text-soft">
            {columns.map(({ id, title, className = '' }) =>
              title === '' ? (
                <td key={id} />
              ) : (
                <th key={id} scope="col" className={`px-4 py-2.5 font-medium whitespace-nowrap ${placeOf(className)}`}>
                  {title}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows.map((row) => (
            <tr
              key={keyOf(row)}
              className={`border-b border-line last:border-0 hover:bg-ground ${ROW} ${isSelectable ? 'max-sm:pl-11' : ''}`}
            >
              {columns.map((column, index) => (
                <Cell key={column.id} column={column} isFirst={index === 0} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, isFirst, row }: { column: Column<Row>; isFirst: boolean; row: Row }) {
  const { title, isHead = false, className = '', cell } = column;
  const part = isHead ? 'head' : title !== '' ? 'line' : isFirst ? 'select' : 'actions';
  const classes = `px-4 py-2 ${PARTS.all} ${PARTS[part]} ${className}`;
  const content = <div className="sm:contents">{cell(row)}</div>;
  return isHead ? (
    <th scope="row" className={`max-w-80 font-medium ${classes}`}>
      {content}
    </th>
  ) : (
    <td data-title={title} className={classes}>
      {content}
    </td>
  );
}
