/// What being late costs. One configuration is active; before it is, one can try it.

import { useState } from 'preact/hooks';
import { lateFees, packages, setLateFeeActive, testLateFee } from '../api/office_calls';
import { feeTypes, packageTypes, type LateFeeRow, type LateFeeTest } from '../contract_office';
import { Check, Faults, Input, MoneyInput, Select, useSubmission } from '../design/form';
import { numberIn, textIn } from '../design/form_values';
import { t, word } from '../i18n';
import { rupees, whole } from '../i18n/format';
import { useLoaded } from '../office/load';
import { Block, FactList } from '../office/page';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { feeRowOf } from './fee_row';
import { activity, PriceTable } from './price_table';

/// "2.00 times the rate", "5.00 an hour", or both.
function termsOf(of: LateFeeRow): string {
  const times = t('fee.times', { times: of.multiplier });
  const flat = t('fee.hourly', { sum: rupees(of.flat_rate_per_hour) });
  if (of.fee_type === 'MULTIPLIER') return times;
  return of.fee_type === 'FLAT_RATE' ? flat : `${times} + ${flat}`;
}

const appliesTo = (of: LateFeeRow): string =>
  of.applicable_package_types.map((each) => word('package', each)).join(', ') || t('fee.all');

const columns: readonly Column<LateFeeRow>[] = [
  { title: 'pricing.name', show: (of) => of.name },
  {
    title: 'pricing.state',
    show: (of) => <StatusTag group="price" status={activity(of.is_active)} />,
    isPlain: true,
  },
  { title: 'fee.terms', show: termsOf },
  { title: 'fee.grace', look: 'number', show: (of) => whole(of.grace_period_minutes) },
  { title: 'fee.cap', look: 'number', show: (of) => of.max_daily_rate && rupees(of.max_daily_rate) },
  { title: 'fee.types', show: appliesTo },
];

function Fields({ row }: { row: LateFeeRow | null }) {
  const [kind, setKind] = useState(row?.fee_type ?? 'MULTIPLIER');
  return (
    <>
      <Input label={t('pricing.name')} name="name" required maxLength={100} defaultValue={row?.name} />
      <Select
        label={t('fee.type')}
        name="fee_type"
        value={kind}
        options={feeTypes.map((each) => [each, word('fee', each)])}
        onChoose={setKind}
      />
      {kind !== 'FLAT_RATE' && (
        <MoneyInput
          label={t('fee.multiplier')}
          hint={t('fee.multiplier.hint')}
          name="multiplier"
          required
          defaultValue={row?.multiplier ?? '2.00'}
        />
      )}
      {kind !== 'MULTIPLIER' && (
        <MoneyInput
          label={t('fee.flat')}
          name="flat_rate_per_hour"
          required
          defaultValue={row?.flat_rate_per_hour}
        />
      )}
      <Input
        label={t('fee.grace')}
        name="grace_period_minutes"
        type="number"
        min={0}
        required
        defaultValue={row?.grace_period_minutes ?? 0}
      />
      <MoneyInput
        label={t('fee.cap')}
        hint={t('fee.cap.hint')}
        name="max_daily_rate"
        defaultValue={row?.max_daily_rate ?? undefined}
      />
      <fieldset class="choices">
        <legend>{t('fee.types')}</legend>
        {packageTypes.map((each) => (
          <Check
            key={each}
            name="applicable_package_types"
            value={each}
            isOn={row?.applicable_package_types.includes(each) ?? false}
          >
            {word('package', each)}
          </Check>
        ))}
        <p class="hint">{t('fee.types.hint')}</p>
      </fieldset>
    </>
  );
}

/// The same formula as the bill's, for a package and a lateness one thinks of.
function TestCalculation({ round }: { round: number }) {
  const { data } = useLoaded(String(round), async (signal) => {
    const [fees, sold] = await Promise.all([
      lateFees({ page_size: '100' }, signal),
      packages({ page_size: '100' }, signal),
    ]);
    return { fees: fees.results, packages: sold.results };
  });
  const [result, setResult] = useState<LateFeeTest | null>(null);
  const { isBusy, error, faults, onSubmit } = useSubmission(async (form) => {
    setResult(null);
    setResult(
      await testLateFee({
        configuration_id: textIn(form, 'configuration_id'),
        package_id: textIn(form, 'package_id'),
        overdue_minutes: numberIn(form, 'overdue_minutes'),
      }),
    );
  });
  if (!data || data.fees.length === 0 || data.packages.length === 0) return null;
  return (
    <Block title={t('fee.test')}>
      <form class="card-form inline" aria-label={t('fee.test')} onSubmit={(event) => void onSubmit(event)}>
        <Faults.Provider value={faults}>
          <Select
            label={t('fee.test.of')}
            name="configuration_id"
            value={data.fees.find((each) => each.is_active)?.id ?? ''}
            options={data.fees.map((each) => [each.id, each.name])}
          />
          <Select
            label={t('rentals.package')}
            name="package_id"
            value=""
            options={data.packages.map((each) => [each.id, each.name])}
          />
          <Input
            label={t('fee.test.minutes')}
            name="overdue_minutes"
            type="number"
            min={0}
            required
            defaultValue={62}
          />
        </Faults.Provider>
        <button type="submit" class="button" disabled={isBusy}>
          {t('fee.test.do')}
        </button>
      </form>
      <p class="form-error" role="alert">
        {error}
      </p>
      <div role="status" data-testid="late-fee">
        {result && (
          <FactList
            facts={[
              [t('fee.test.fee'), rupees(result.fee)],
              [t('fee.test.counted'), whole(result.effective_minutes)],
              [t('fee.test.rate'), result.rate],
              [t('fee.test.capped'), t(result.capped ? 'yes' : 'no')],
            ]}
          />
        )}
      </div>
    </Block>
  );
}

export function LateFees({ search }: { search: URLSearchParams }) {
  const [round, setRound] = useState(0);
  return (
    <>
      <PriceTable
        table="late-fees"
        search={search}
        load={lateFees}
        columns={columns}
        nameOf={(of) => of.name}
        none="fee.none"
        fields={(row) => <Fields row={row} />}
        rowOf={feeRowOf}
        onChanged={() => setRound((before) => before + 1)}
        actions={(of, act) => (
          <button
            type="button"
            class="button small"
            onClick={() => act(setLateFeeActive(of.id, !of.is_active))}
          >
            {t(of.is_active ? 'deactivate' : 'activate')}
            <span class="visually-hidden"> {of.name}</span>
          </button>
        )}
      />
      <TestCalculation round={round} />
    </>
  );
}
