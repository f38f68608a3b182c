/// What a rental costs, what was paid, and how the books say it.

import type { Bill, Journal, RentalExplanation } from '../contract_office';
import { t, word } from '../i18n';
import { rupees, time, whole } from '../i18n/format';
import { Block } from '../office/page';
import { Table, type Column } from '../office/table';
import { DataList } from '../office/timeline_list';

const parts = ['base', 'extensions', 'late_fee', 'lost_penalty', 'adjustment'] as const;
const isNothing = (sum: string): boolean => Number(sum) === 0;

export function BillList({ bill }: { bill: Bill }) {
  const shown = parts.filter((each) => each === 'base' || !isNothing(bill[each]));
  return (
    <dl class="bill" data-testid="bill">
      {shown.map((each) => (
        <div key={each}>
          <dt>{t(`bill.${each}`)}</dt>
          <dd>{rupees(bill[each])}</dd>
        </div>
      ))}
      <div>
        <dt>{t('bill.paid')}</dt>
        <dd>{rupees(bill.paid)}</dd>
      </div>
      <div class="total" data-bad={isNothing(bill.due) ? undefined : ''}>
        <dt>{t('bill.due')}</dt>
        <dd>{rupees(bill.due)}</dd>
      </div>
    </dl>
  );
}

type Explained = RentalExplanation['money'];

const charges: readonly Column<Explained['charges'][number]>[] = [
  { title: 'money.what', show: (of) => word('charge', of.kind) },
  { title: 'money.basis', look: 'wide', show: (of) => <DataList data={of.basis} /> },
  { title: 'money.amount', look: 'number', show: (of) => rupees(of.amount) },
];

const payments: readonly Column<Explained['payments'][number]>[] = [
  { title: 'money.what', show: (of) => t(of.is_refund ? 'money.refund' : 'money.payment') },
  { title: 'money.wallet', look: 'number', show: (of) => rupees(of.wallet_amount) },
  { title: 'money.points', look: 'number', show: (of) => whole(of.points_used) },
  { title: 'money.amount', look: 'number', show: (of) => rupees(of.amount) },
];

/// Books know paisa and points; what is text already is shown as it is.
function amountOf(value: string | number): string {
  if (Number(value) === 0) return '';
  return typeof value === 'number' ? whole(value) : value;
}

function JournalTable({ of }: { of: Journal }) {
  return (
    <>
      <h3>
        {of.event_type} · <time dateTime={of.occurred_at}>{time(of.occurred_at, 'full')}</time>
      </h3>
      <Table
        label={of.event_key}
        rows={of.lines}
        keyOf={(line) => `${line.account} ${line.debit} ${line.credit}`}
        columns={[
          { title: 'money.account', show: (line) => line.account },
          { title: 'money.unit', show: (line) => line.unit },
          { title: 'money.debit', look: 'number', show: (line) => amountOf(line.debit) },
          { title: 'money.credit', look: 'number', show: (line) => amountOf(line.credit) },
        ]}
      />
    </>
  );
}

export function Money({ of }: { of: Explained }) {
  return (
    <Block title={t('money')}>
      <BillList bill={of.bill} />
      {of.charges.length > 0 && (
        <>
          <h3>{t('money.charges')}</h3>
          <Table
            label={t('money.charges')}
            rows={of.charges}
            keyOf={(each) => `${each.kind} ${each.n}`}
            columns={charges}
          />
        </>
      )}
      {of.payments.length > 0 && (
        <>
          <h3>{t('money.payments')}</h3>
          <Table
            label={t('money.payments')}
            rows={of.payments}
            keyOf={(each) => String(each.n)}
            columns={payments}
          />
        </>
      )}
      {of.journals.length > 0 && (
        <details class="books">
          <summary>{t('money.books', { count: of.journals.length })}</summary>
          {of.journals.map((each) => (
            <JournalTable key={each.event_key} of={each} />
          ))}
        </details>
      )}
    </Block>
  );
}
