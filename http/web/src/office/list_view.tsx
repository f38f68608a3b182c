/// A list of the office: filters, table, pages. By number where the server counts, else from one to the next.

import type { ComponentChildren } from 'preact';
import type { Listing, Pagination } from '../contract';
import { Icon } from '../design/icons';
import { t, type Key } from '../i18n';
import { go } from '../routes';
import { movedTo, searchOf, wantedIn, type Wanted } from './address';
import { FilterBar, type Filter } from './filters';
import { useLoaded } from './load';
import { Refusal } from './page';
import { Table, type Column } from './table';

interface PagesProps {
  of: Pagination;
  onPage: (page: number) => void;
}

function Pages({ of, onPage }: PagesProps) {
  if (of.total_pages < 2 && !of.has_previous) return null;
  return (
    <nav class="pages" aria-label={t('pages')}>
      <button
        type="button"
        class="button"
        disabled={!of.has_previous}
        onClick={() => onPage(of.current_page - 1)}
      >
        <Icon name="back" size={16} />
        {t('pages.previous')}
      </button>
      <span>{t('pages.where', { page: of.current_page, pages: Math.max(1, of.total_pages) })}</span>
      <button
        type="button"
        class="button"
        disabled={!of.has_next}
        onClick={() => onPage(of.current_page + 1)}
      >
        {t('pages.next')}
        <Icon name="next" size={16} />
      </button>
    </nav>
  );
}

interface OlderProps {
  isFirst: boolean;
  next: string | null;
  onCursor: (cursor: string) => void;
}

function Older({ isFirst, next, onCursor }: OlderProps) {
  if (isFirst && !next) return null;
  return (
    <nav class="pages" aria-label={t('pages')}>
      <button type="button" class="button" disabled={isFirst} onClick={() => onCursor('')}>
        <Icon name="back" size={16} />
        {t('pages.newest')}
      </button>
      <button type="button" class="button" disabled={!next} onClick={() => onCursor(next ?? '')}>
        {t('pages.older')}
        <Icon name="next" size={16} />
      </button>
    </nav>
  );
}

interface Props<T> {
  /// Names the table for those who hear it.
  label: string;
  search: URLSearchParams;
  /// The address of this list with that search.
  hrefOf: (search: string) => string;
  filters?: readonly Filter[];
  load: (wanted: Wanted, signal: AbortSignal) => Promise<Listing<T>>;
  /// `reload` for whatever in a row changes it.
  columns: readonly Column<T>[] | ((reload: () => void) => readonly Column<T>[]);
  keyOf: (row: T) => string;
  none: Key;
  /// Beside the filters: what can be done with the whole.
  head?: ComponentChildren;
  /// Dialogs about a row; they too ask again when something has changed.
  children?: (reload: () => void) => ComponentChildren;
}

export function ListView<T>(props: Props<T>) {
  const { label, search, hrefOf, filters = [], load, columns, keyOf, none, head, children } = props;
  const wanted = wantedIn(
    search,
    filters.map((each) => each.name),
  );
  const { data, error, isBusy, reload } = useLoaded(searchOf(wanted), (signal) => load(wanted, signal));
  const move = (to: Wanted): void => go(hrefOf(searchOf(to)));
  const total = data?.pagination?.total_count;
  const isFirst = wanted.cursor === undefined;
  return (
    <>
      <div class="list-head">
        <FilterBar filters={filters} wanted={wanted} onWant={move} />
        {head && <div class="button-row">{head}</div>}
      </div>
      <p class="list-count" role="status">
        {total !== undefined ? t('list.count', { count: total }) : isBusy && !data ? t('loading') : ''}
      </p>
      <Refusal text={error} />
      {data && data.results.length === 0 && <p class="empty">{t(none)}</p>}
      {data && data.results.length > 0 && (
        <Table
          label={label}
          columns={typeof columns === 'function' ? columns(reload) : columns}
          rows={data.results}
          keyOf={keyOf}
          isBusy={isBusy}
        />
      )}
      {data?.pagination ? (
        <Pages of={data.pagination} onPage={(page) => move(movedTo(wanted, 'page', String(page)))} />
      ) : (
        <Older
          isFirst={isFirst}
          next={data?.next_cursor ?? null}
          onCursor={(cursor) => move(movedTo(wanted, 'cursor', cursor))}
        />
      )}
      {children?.(reload)}
    </>
  );
}
