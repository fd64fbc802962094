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

/** A plain table: what is in a row is a link or a button of its own, so the keyboard needs no special rules. */
export function Table<Row>({ label, columns, rows, keyOf, isFlush = false }: TableProps<Row>) {
  return (
    <div className={`overflow-x-auto ${isFlush ? '-mx-4 -mb-2' : ''}`}>
      <table aria-label={label} className="w-full border-collapse text-left text-sm">
        <thead>
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
            <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-ground">
              {columns.map(({ id, isHead = false, className = '', cell }) =>
                isHead ? (
                  <th key={id} scope="row" className={`max-w-80 px-4 py-2 font-medium ${className}`}>
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} className={`px-4 py-2 ${className}`}>
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
