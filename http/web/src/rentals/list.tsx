/// Rentals as a table.

import { rentals } from '../api/office_calls';
import { paymentStatuses, rentalStatuses, type RentalRow } from '../contract_office';
import { t, word } from '../i18n';
import { rupees, time } from '../i18n/format';
import type { Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import { BankLink, RentalLink, StationLink } from '../office/names';
import { Page } from '../office/page';
import type { Column } from '../office/table';
import { hrefOf } from '../routes';
import { StatusTag } from '../office/status_tag';

const recents = ['today', '24h', '7d', '30d'] as const;

const filters: readonly Filter[] = [
  { is: 'search', name: 'search', label: 'rentals.search' },
  {
    is: 'choice',
    name: 'status',
    label: 'rentals.status',
    options: () => rentalStatuses.map((each) => [each, word('rental', each)]),
  },
  {
    is: 'choice',
    name: 'payment_status',
    label: 'rentals.payment',
    options: () => paymentStatuses.map((each) => [each, word('payment', each)]),
  },
  {
    is: 'choice',
    name: 'recent',
    label: 'rentals.recent',
    options: () => recents.map((each) => [each, t(`rentals.recent.${each}`)]),
  },
  {
    is: 'choice',
    name: 'ordering',
    label: 'rentals.order',
    none: 'rentals.order.newest',
    options: () => [
      ['created_at', t('rentals.order.oldest')],
      ['due_at', t('rentals.order.due')],
    ],
  },
];

const columns: readonly Column<RentalRow>[] = [
  { title: 'rentals.code', show: (of) => <RentalLink id={of.id} code={of.rental_code} /> },
  { title: 'rentals.status', show: (of) => <StatusTag group="rental" status={of.status} />, isPlain: true },
  { title: 'rentals.rider', show: (of) => of.user?.username },
  { title: 'rentals.from', show: (of) => <StationLink of={of.station} /> },
  { title: 'rentals.to', show: (of) => <StationLink of={of.return_station} /> },
  { title: 'rentals.bank', show: (of) => <BankLink sn={of.bank_sn} /> },
  { title: 'rentals.started', show: (of) => time(of.started_at ?? of.created_at, 'dayTime') },
  { title: 'rentals.due', show: (of) => of.due_at && time(of.due_at, 'dayTime') },
  { title: 'rentals.paid', look: 'number', show: (of) => rupees(of.amount_paid) },
];

export function RentalList({ search }: { search: URLSearchParams }) {
  return (
    <Page title={t('nav.rentals')}>
      <ListView
        label={t('nav.rentals')}
        search={search}
        hrefOf={(text) => hrefOf.office('rentals', [], text)}
        filters={filters}
        load={rentals}
        columns={columns}
        keyOf={(of) => of.id}
        none="rentals.none"
      />
    </Page>
  );
}
