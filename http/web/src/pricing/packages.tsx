/// What riders can buy: how long, for how much, paid before or after.

import { packages } from '../api/office_calls';
import { packageTypes, paymentModels, type PackageRow } from '../contract_office';
import { Check, Input, MoneyInput, Select } from '../design/form';
import { moneyIn, numberIn, textIn } from '../design/form_values';
import { t, word } from '../i18n';
import { rupees, whole } from '../i18n/format';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { activity, PriceTable } from './price_table';

const columns: readonly Column<PackageRow>[] = [
  { title: 'pricing.name', show: (of) => of.name },
  {
    title: 'pricing.state',
    show: (of) => <StatusTag group="price" status={activity(of.is_active)} />,
    isPlain: true,
  },
  { title: 'package.type', show: (of) => word('package', of.package_type) },
  { title: 'package.model', show: (of) => word('package', of.payment_model) },
  { title: 'package.minutes', look: 'number', show: (of) => whole(of.duration_minutes) },
  { title: 'package.price', look: 'number', show: (of) => rupees(of.price) },
];

function fields(row: PackageRow | null) {
  return (
    <>
      <Input label={t('pricing.name')} name="name" required maxLength={100} defaultValue={row?.name} />
      <Input label={t('package.text')} name="description" maxLength={255} defaultValue={row?.description} />
      <Input
        label={t('package.minutes')}
        name="duration_minutes"
        type="number"
        min={1}
        required
        defaultValue={row?.duration_minutes}
      />
      <MoneyInput label={t('package.price')} name="price" required defaultValue={row?.price} />
      <Select
        label={t('package.type')}
        name="package_type"
        value={row?.package_type ?? 'HOURLY'}
        options={packageTypes.map((each) => [each, word('package', each)])}
      />
      <Select
        label={t('package.model')}
        name="payment_model"
        value={row?.payment_model ?? 'PREPAID'}
        options={paymentModels.map((each) => [each, word('package', each)])}
      />
      <Check name="is_active" isOn={row?.is_active ?? true}>
        {t('package.active')}
      </Check>
    </>
  );
}

const rowOf = (form: FormData) => ({
  name: textIn(form, 'name'),
  description: textIn(form, 'description'),
  duration_minutes: numberIn(form, 'duration_minutes'),
  price: moneyIn(form, 'price'),
  package_type: textIn(form, 'package_type'),
  payment_model: textIn(form, 'payment_model'),
  is_active: form.has('is_active'),
});

export function Packages({ search }: { search: URLSearchParams }) {
  return (
    <PriceTable
      table="packages"
      search={search}
      load={packages}
      columns={columns}
      nameOf={(of) => of.name}
      none="package.none"
      fields={fields}
      rowOf={rowOf}
    />
  );
}
