/// Rentals as a table. Filters and page are in the address, so that a look can be shared and gone back to.

import { useEffect, useState } from 'preact/hooks';
import { rentals, type RentalFilters } from '../api/calls';
import { paymentStatuses, rentalStatuses, type Pagination, type RentalRow } from '../contract';
import { Icon } from '../design/icons';
import { t, word, type Key } from '../i18n';
import { rupees, time } from '../i18n/format';
import { go, hrefOf } from '../routes';
import { stationName } from './names';
import { StatusTag } from './status_tag';
import { useLoaded } from './load';

const recents = ['today', '24h', '7d', '30d'] as const;
const names = ['status', 'payment_status', 'recent', 'search'] as const;

function filtersIn(search: URLSearchParams): RentalFilters {
  const filters: RentalFilters = {};
  for (const name of names) {
    const value = search.get(name);
    if (value) filters[name] = value;
  }
  const page = Number.parseInt(search.get('page') ?? '1', 10);
  if (page > 1) filters.page = page;
  return filters;
}

function move(filters: RentalFilters): void {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value) search.set(name, String(value));
  const text = search.toString();
  go(hrefOf.rentals(text ? `?${text}` : ''));
}

interface ChoiceProps {
  label: Key;
  value: string | undefined;
  options: readonly (readonly [string, string])[];
  onChoose: (value: string) => void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <label class="inline-field">
      <span>{t(label)}</span>
      <select
        value={value ?? ''}
        onChange={(event) => onChoose((event.currentTarget as HTMLSelectElement).value)}
      >
        <option value="">{t('any')}</option>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Filters({ filters }: { filters: RentalFilters }) {
  const [text, setText] = useState(filters.search ?? '');
  useEffect(() => setText(filters.search ?? ''), [filters.search]);
  const { page: _page, ...kept } = filters;
  const choose = (name: (typeof names)[number]) => (value: string) => move({ ...kept, [name]: value });
  return (
    <form
      class="rental-filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        choose('search')(text.trim());
      }}
    >
      <label class="search">
        <Icon name="search" />
        <span class="visually-hidden">{t('rentals.search')}</span>
        <input
          type="search"
          value={text}
          minLength={2}
          maxLength={200}
          placeholder={t('rentals.search')}
          onInput={(event) => setText((event.currentTarget as HTMLInputElement).value)}
        />
      </label>
      <Choice
        label="rentals.status"
        value={filters.status}
        onChoose={choose('status')}
        options={rentalStatuses.map((each) => [each, word('rental', each)])}
      />
      <Choice
        label="rentals.payment"
        value={filters.payment_status}
        onChoose={choose('payment_status')}
        options={paymentStatuses.map((each) => [each, word('payment', each)])}
      />
      <Choice
        label="rentals.recent"
        value={filters.recent}
        onChoose={choose('recent')}
        options={recents.map((each) => [each, t(`rentals.recent.${each}`)])}
      />
      <button type="submit" class="button">
        {t('rentals.do')}
      </button>
    </form>
  );
}

function Row({ of }: { of: RentalRow }) {
  return (
    <tr>
      <th scope="row">
        <a href={hrefOf.rental(of.id)}>{of.rental_code}</a>
      </th>
      <td>
        <StatusTag status={of.status} />
      </td>
      <td data-label={t('rentals.rider')}>{of.user?.username ?? '–'}</td>
      <td data-label={t('rentals.from')}>{stationName(of.station) ?? '–'}</td>
      <td data-label={t('rentals.to')}>{stationName(of.return_station) ?? '–'}</td>
      <td data-label={t('rentals.bank')} class="mono">
        {of.bank_sn ?? '–'}
      </td>
      <td data-label={t('rentals.started')}>{time(of.started_at ?? of.created_at, 'dayTime')}</td>
      <td data-label={t('rentals.due')}>{of.due_at ? time(of.due_at, 'dayTime') : '–'}</td>
      <td data-label={t('rentals.paid')} class="number">
        {rupees(of.amount_paid)}
      </td>
    </tr>
  );
}

const columns: readonly Key[] = [
  'rentals.code',
  'rentals.status',
  'rentals.rider',
  'rentals.from',
  'rentals.to',
  'rentals.bank',
  'rentals.started',
  'rentals.due',
  'rentals.paid',
];

function Pages({ of, onPage }: { of: Pagination; onPage: (page: number) => void }) {
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

export function RentalList({ search }: { search: URLSearchParams }) {
  const filters = filtersIn(search);
  const { data, error, isBusy } = useLoaded(search.toString(), (signal) => rentals(filters, signal));
  useEffect(() => {
    document.title = `${t('nav.rentals')} · ${t('name')}`;
  }, []);
  return (
    <main id="main" class="page-view">
      <div class="page-head">
        <h1>{t('nav.rentals')}</h1>
        <p role="status">
          {data ? t('rentals.count', { count: data.pagination.total_count }) : isBusy ? t('loading') : ''}
        </p>
      </div>
      <Filters filters={filters} />
      {error && (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
      {data && data.results.length === 0 && <p class="empty">{t('rentals.none')}</p>}
      {data && data.results.length > 0 && (
        <div class="table-box" tabIndex={0} role="region" aria-label={t('nav.rentals')} aria-busy={isBusy}>
          <table>
            <thead>
              <tr>
                {columns.map((each) => (
                  <th key={each} scope="col">
                    {t(each)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.results.map((each) => (
                <Row key={each.id} of={each} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <Pages of={data.pagination} onPage={(page) => move({ ...filters, page })} />}
      <p class="footnote">{t('times.note')}</p>
    </main>
  );
}
