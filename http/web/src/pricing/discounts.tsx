/// Cheaper at one station: one discount for each station and package, with its uses and its days.

import { useState } from 'preact/hooks';
import { discounts, findStations, packages } from '../api/office_calls';
import { discountStatuses, type DiscountRow, type StationName } from '../contract_office';
import { Check, Input, Select } from '../design/form';
import { localOf, momentIn, numberIn, textIn } from '../design/form_values';
import { ApiError } from '../api/errors';
import { t, word } from '../i18n';
import { time, whole } from '../i18n/format';
import { nameOf, serialOf, StationLink } from '../office/names';
import { useLoaded } from '../office/load';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { now } from '../now';
import { hrefOf } from '../routes';
import { PriceTable } from './price_table';

const columns: readonly Column<DiscountRow>[] = [
  {
    title: 'discount.percent',
    show: (of) => <a href={hrefOf.office('pricing', ['discounts', of.id])}>{percentOf(of)}</a>,
  },
  { title: 'pricing.state', show: (of) => <StatusTag group="price" status={of.status} />, isPlain: true },
  { title: 'discount.station', show: (of) => <StationLink of={of.station} /> },
  { title: 'rentals.package', show: (of) => of.package.name },
  { title: 'discount.used', look: 'number', show: usesOf },
  { title: 'discount.from', show: (of) => time(of.valid_from, 'dayTime') },
  { title: 'discount.until', show: (of) => time(of.valid_until, 'dayTime') },
];

/// "12.50" as "12.5 %".
export function percentOf(of: DiscountRow): string {
  return `${of.discount_percent.replace(/\.?0+$/, '')} %`;
}

export function usesOf(of: DiscountRow): string {
  const used = whole(of.used_count);
  return of.max_total_uses === null ? used : `${used} / ${whole(of.max_total_uses)}`;
}

const typingPause = 250;

/// A station by its name or serial number; the browser shows what the server found.
function StationField() {
  const [found, setFound] = useState<readonly StationName[]>([]);
  const [pause, setPause] = useState<ReturnType<typeof setTimeout>>();
  const onInput = (event: Event): void => {
    const text = (event.currentTarget as HTMLInputElement).value.trim();
    clearTimeout(pause);
    if (text.length < 2) return;
    setPause(
      setTimeout(
        () =>
          void findStations(text).then(
            ({ results }) => setFound(results),
            () => setFound([]),
          ),
        typingPause,
      ),
    );
  };
  return (
    <>
      <Input
        label={t('discount.station')}
        hint={t('discount.station.hint')}
        name="station_id"
        list="stations-found"
        required
        onInput={onInput}
      />
      <datalist id="stations-found">
        {found.map((each) => (
          <option key={each.id} value={serialOf(each) ?? ''}>
            {nameOf(each)}
          </option>
        ))}
      </datalist>
    </>
  );
}

/// The id of the one station of that serial number.
async function stationOf(serial: string): Promise<string> {
  const { results } = await findStations(serial);
  const one = results.find((each) => serialOf(each)?.toLowerCase() === serial.toLowerCase());
  if (one?.id) return one.id;
  const message = t('refused.station_not_found');
  throw new ApiError(404, 'station_not_found', message, [{ field: 'station_id', code: 'unknown', message }]);
}

const usualDays = 30;

function Pair() {
  const { data } = useLoaded('packages', (signal) => packages({ page_size: '100' }, signal));
  return (
    <>
      <StationField />
      <Select
        label={t('rentals.package')}
        name="package_id"
        value=""
        options={(data?.results ?? []).map((each) => [each.id, each.name])}
      />
    </>
  );
}

function fields(row: DiscountRow | null) {
  const today = now.peek();
  return (
    <>
      {row ? (
        <p>
          {nameOf(row.station)} · {row.package.name}
        </p>
      ) : (
        <Pair />
      )}
      <Input
        label={t('discount.percent')}
        name="discount_percent"
        inputMode="decimal"
        pattern="[0-9]{1,3}([.][0-9]{1,2})?"
        required
        defaultValue={row?.discount_percent}
      />
      <Select
        label={t('pricing.state')}
        name="status"
        value={row?.status ?? 'ACTIVE'}
        options={discountStatuses
          .filter((each) => row || each !== 'EXPIRED')
          .map((each) => [each, word('price', each)])}
      />
      <Input
        label={t('discount.from')}
        name="valid_from"
        type="datetime-local"
        required
        defaultValue={localOf(row?.valid_from ?? today)}
      />
      <Input
        label={t('discount.until')}
        name="valid_until"
        type="datetime-local"
        required
        defaultValue={localOf(row?.valid_until ?? today + usualDays * 86_400_000)}
      />
      <Input
        label={t('discount.total')}
        hint={t('discount.total.hint')}
        name="max_total_uses"
        type="number"
        min={1}
        defaultValue={row?.max_total_uses ?? undefined}
      />
      <Input
        label={t('discount.each')}
        name="max_uses_per_user"
        type="number"
        min={1}
        required
        defaultValue={row?.max_uses_per_user ?? 1}
      />
      <Check name="may_be_free" isOn={row?.may_be_free ?? false}>
        {t('discount.free')}
      </Check>
    </>
  );
}

async function rowOf(form: FormData, row: DiscountRow | null): Promise<Record<string, unknown>> {
  const [whole_ = '0', fraction = ''] = textIn(form, 'discount_percent').split('.', 2);
  const terms = {
    discount_percent: `${whole_}.${fraction.padEnd(2, '0')}`,
    status: textIn(form, 'status'),
    valid_from: momentIn(form, 'valid_from'),
    valid_until: momentIn(form, 'valid_until'),
    max_total_uses: numberIn(form, 'max_total_uses'),
    max_uses_per_user: numberIn(form, 'max_uses_per_user'),
    may_be_free: form.has('may_be_free'),
  };
  if (row) return terms;
  return {
    ...terms,
    station_id: await stationOf(textIn(form, 'station_id')),
    package_id: textIn(form, 'package_id'),
  };
}

export function Discounts({ search }: { search: URLSearchParams }) {
  return (
    <PriceTable
      table="discounts"
      search={search}
      filters={[
        {
          is: 'choice',
          name: 'status',
          label: 'pricing.state',
          options: () => discountStatuses.map((each) => [each, word('price', each)]),
        },
      ]}
      load={discounts}
      columns={columns}
      nameOf={(of) => `${percentOf(of)} ${nameOf(of.station)}`}
      none="discount.none"
      fields={fields}
      rowOf={rowOf}
    />
  );
}
