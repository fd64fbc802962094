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

/** On a phone a row is a block: what it is called, and below it what there is to say, each with the name of its column. */
const BLOCK =
  'max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-4 max-sm:gap-y-1 max-sm:px-4 max-sm:py-2.5';
const PART =
  'max-sm:w-auto max-sm:max-w-full max-sm:min-w-0 max-sm:p-0 max-sm:text-left max-sm:empty:hidden max-sm:before:mr-1.5 max-sm:before:text-soft max-sm:before:content-[attr(data-title)]';

/** A plain table: what is in a row is a link or a button of its own, so the keyboard needs no special rules. */
export function Table<Row>({ label, columns, rows, keyOf, isFlush = false }: TableProps<Row>) {
  return (
    <div className={`overflow-x-auto ${isFlush ? '-mx-4 -mb-2' : ''}`}>
      <table aria-label={label} className="w-full border-collapse text-left text-sm">
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
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className={`border-b border-line last:border-0 hover:bg-ground ${BLOCK}`}>
              {columns.map(({ id, title, isHead = false, className = '', cell }) =>
                isHead ? (
                  <th
                    key={id}
                    scope="row"
                    className={`max-w-80 px-4 py-2 font-medium max-sm:max-w-full max-sm:grow max-sm:p-0 ${className}`}
                  >
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} data-title={title} className={`px-4 py-2 ${PART} ${className}`}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
