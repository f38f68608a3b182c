/// A table that becomes a list of cards on a small screen. The first column names its row.

import type { ComponentChildren } from 'preact';
import { t, type Key } from '../i18n';

export interface Column<T> {
  /// Also the label of the value on a small screen.
  title: Key;
  show: (row: T) => ComponentChildren;
  look?: 'mono' | 'number' | 'wide';
  /// Says itself what it is: a status, buttons.
  isPlain?: boolean;
}

interface Props<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  isBusy?: boolean;
}

export function Table<T>({ label, columns, rows, keyOf, isBusy = false }: Props<T>) {
  const [head, ...rest] = columns;
  if (!head) return null;
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={label} aria-busy={isBusy}>
      <table>
        <thead>
          <tr>
            {columns.map((each) => (
              <th key={each.title} scope="col" class={each.look === 'mono' ? undefined : each.look}>
                {t(each.title)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{head.show(row)}</th>
              {rest.map((each) => (
                <td key={each.title} class={each.look} data-label={each.isPlain ? undefined : t(each.title)}>
                  {each.show(row) || '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
