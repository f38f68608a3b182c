/// One bank: where it is, how worn, who had it; an operator may take it out of use or put it back.

import { useState } from 'preact/hooks';
import { bank, bankHistory, setBankStatus } from '../api/office_calls';
import { mayChange } from '../api/session';
import { settableBankStatuses, type BankDetail as Bank, type BankRental } from '../contract_office';
import { Dialog } from '../design/dialog';
import { ReasonField, Select } from '../design/form';
import { textIn } from '../design/form_values';
import { toast } from '../design/toasts';
import { t, word } from '../i18n';
import { percent, time, whole } from '../i18n/format';
import { ListView } from '../office/list_view';
import { useLoaded } from '../office/load';
import { RentalLink, StationLink } from '../office/names';
import { Block, FactList, Page } from '../office/page';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { hrefOf } from '../routes';

const charge = (level: number | null): string => (level === null ? '–' : percent(level / 100));

const columns: readonly Column<BankRental>[] = [
  { title: 'rentals.code', show: (of) => <RentalLink id={of.id} code={of.rental_code} /> },
  { title: 'rentals.status', show: (of) => <StatusTag group="rental" status={of.status} />, isPlain: true },
  { title: 'rentals.from', show: (of) => <StationLink of={of.station} /> },
  { title: 'rentals.to', show: (of) => of.return_station_name },
  { title: 'rentals.charge', show: (of) => `${charge(of.start_battery)} → ${charge(of.return_battery)}` },
  { title: 'rentals.started', show: (of) => time(of.started_at ?? of.created_at, 'dayTime') },
  { title: 'rentals.ended', show: (of) => of.ended_at && time(of.ended_at, 'dayTime') },
];

interface JudgeProps {
  of: Bank;
  onClose: () => void;
  onDone: () => void;
}

function Judge({ of, onClose, onDone }: JudgeProps) {
  const choices = settableBankStatuses.filter((each) => each !== of.status);
  return (
    <Dialog
      title={t('banks.judge.title', { sn: of.serial_number })}
      doIt={t('banks.judge.do')}
      onClose={onClose}
      onDo={async (form) => {
        await setBankStatus(of.serial_number, textIn(form, 'status'), textIn(form, 'reason'));
        toast(t('banks.judge.done', { sn: of.serial_number }));
        onDone();
      }}
    >
      <p>{t('banks.judge.text')}</p>
      <Select
        label={t('banks.status')}
        name="status"
        value={choices[0] ?? ''}
        options={choices.map((each) => [each, word('bank', each)])}
      />
      <ReasonField />
    </Dialog>
  );
}

/// A rider has it or is about to: nobody may change what it is.
const isOut = (of: Bank): boolean => of.status === 'RENTED' || of.status === 'RESERVED';

export function BankDetail({ sn, search }: { sn: string; search: URLSearchParams }) {
  const { data: of, error, reload } = useLoaded(sn, (signal) => bank(sn, signal));
  const [isJudging, setJudging] = useState(false);
  const mayJudge = of && mayChange('fleet.write') && !isOut(of);
  return (
    <Page
      title={t('banks.one', { sn })}
      tag={of && <StatusTag group="bank" status={of.status} />}
      back={{ href: hrefOf.office('banks'), label: t('banks.back') }}
      error={error}
      actions={
        mayJudge && (
          <button type="button" class="button" onClick={() => setJudging(true)}>
            {t('banks.judge.open')}
          </button>
        )
      }
    >
      {of && (
        <FactList
          facts={[
            [t('banks.battery'), charge(of.battery_level)],
            [t('banks.station'), of.station && <StationLink of={of.station} />],
            [t('banks.slot'), of.slot !== null && whole(of.slot)],
            [t('banks.rental'), of.rental_code && <RentalLink code={of.rental_code} />],
            [t('banks.cycles'), of.total_cycles],
            [t('banks.rentals'), whole(of.total_rentals)],
            [t('banks.ejections'), whole(of.ejections)],
            [t('banks.hours'), of.stats && whole(Math.round(of.stats.minutes_rented / 60))],
          ]}
        />
      )}
      {of && (
        <Block title={t('banks.history')}>
          <ListView
            label={t('banks.history')}
            search={search}
            hrefOf={(text) => hrefOf.office('banks', [sn], text)}
            load={bankHistory(sn)}
            columns={columns}
            keyOf={(each) => each.id}
            none="banks.history.none"
          />
        </Block>
      )}
      {of && isJudging && <Judge of={of} onClose={() => setJudging(false)} onDone={reload} />}
    </Page>
  );
}
