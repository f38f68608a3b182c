/// The fleet: its figures, then its banks by serial number.

import { banks, fleet } from '../api/office_calls';
import { bankStatuses, type BankRow, type Fleet } from '../contract_office';
import { t, word } from '../i18n';
import { percent, whole } from '../i18n/format';
import type { Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import { useLoaded } from '../office/load';
import { BankLink, RentalLink, StationLink } from '../office/names';
import { FactList, Page } from '../office/page';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { hrefOf } from '../routes';

/// The server counts up to and including.
const batteries = [19, 49, 79] as const;

const filters: readonly Filter[] = [
  { is: 'search', name: 'search', label: 'banks.search', longest: 10, digits: true },
  {
    is: 'choice',
    name: 'status',
    label: 'banks.status',
    options: () => bankStatuses.map((each) => [each, word('bank', each)]),
  },
  {
    is: 'choice',
    name: 'max_battery',
    label: 'banks.battery',
    options: () => batteries.map((each) => [String(each), t('filter.battery.below', { percent: each + 1 })]),
  },
  { is: 'search', name: 'station_sn', label: 'banks.station', shortest: 1, longest: 255 },
];

/// Where it is: in a slot, with a rider, or nobody knows.
function Place({ of }: { of: BankRow }) {
  if (of.station)
    return (
      <>
        <StationLink of={of.station} />
        {of.slot !== null && ` · ${t('slot', { number: of.slot })}`}
      </>
    );
  return <RentalLink code={of.rental_code} />;
}

const columns: readonly Column<BankRow>[] = [
  { title: 'banks.serial', show: (of) => <BankLink sn={of.serial_number} /> },
  { title: 'banks.status', show: (of) => <StatusTag group="bank" status={of.status} />, isPlain: true },
  { title: 'banks.battery', show: (of) => of.battery_level !== null && percent(of.battery_level / 100) },
  { title: 'banks.place', show: (of) => <Place of={of} /> },
  { title: 'banks.cycles', look: 'number', show: (of) => of.total_cycles },
  { title: 'banks.rentals', look: 'number', show: (of) => whole(of.total_rentals) },
];

function Figures({ of }: { of: Fleet }) {
  const counted = bankStatuses.filter((each) => of.by_status[each]);
  return (
    <FactList
      facts={[
        [t('banks.total'), whole(of.total)],
        ...counted.map((each) => [word('bank', each), whole(of.by_status[each] ?? 0)] as const),
        [t('banks.attention'), whole(of.needs_attention)],
        [t('banks.average'), of.average_battery !== null && percent(of.average_battery / 100)],
        [t('banks.use'), percent(of.utilisation / 100)],
        [t('banks.worn'), whole(of.worn)],
      ]}
    />
  );
}

export function BankList({ search }: { search: URLSearchParams }) {
  const { data } = useLoaded('fleet', fleet);
  return (
    <Page title={t('nav.banks')}>
      {data && <Figures of={data} />}
      <ListView
        label={t('nav.banks')}
        search={search}
        hrefOf={(text) => hrefOf.office('banks', [], text)}
        filters={filters}
        load={banks}
        columns={columns}
        keyOf={(of) => of.id}
        none="banks.none"
      />
    </Page>
  );
}
