/// Ending a rental by hand: how it ended, when, what of the bill holds, and why. Nothing undoes it.

import { useState } from 'preact/hooks';
import { forceComplete } from '../api/office_calls';
import {
  forcedBankStatuses,
  resolutions,
  type Bill,
  type RentalDetail,
  type Resolution,
} from '../contract_office';
import { Dialog } from '../design/dialog';
import { Check, Input, MoneyInput, ReasonField, Select } from '../design/form';
import { localOf } from '../design/form_values';
import { toast } from '../design/toasts';
import { t, word } from '../i18n';
import { now } from '../now';
import { wishOf } from './forced_wish';
import { BillList } from './money';

const shortestReason = 10;

interface Props {
  of: RentalDetail;
  bill: Bill;
  onClose: () => void;
  onDone: () => void;
}

export function ForceComplete({ of, bill, onClose, onDone }: Props) {
  const [resolution, setResolution] = useState<Resolution>('RETURNED');
  return (
    <Dialog
      title={t('force.title', { code: of.rental_code })}
      doIt={t('force.do')}
      isDangerous
      isWide
      onClose={onClose}
      onDo={async (form) => {
        await forceComplete(of.id, wishOf(form));
        toast(t('force.done', { code: of.rental_code }));
        onDone();
      }}
    >
      <Select
        label={t('force.resolution')}
        hint={t(`force.means.${resolution}`)}
        name="resolution"
        value={resolution}
        options={resolutions.map((each) => [each, word('resolution', each)])}
        onChoose={(value) => setResolution(value as Resolution)}
      />
      <Select
        label={t('force.bank')}
        name="bank_status"
        value=""
        options={[
          ['', t('force.bank.usual')],
          ...forcedBankStatuses.map((each) => [each, word('bank', each)] as const),
        ]}
      />
      {resolution === 'RETURNED' && of.started_at && (
        <Input
          label={t('force.ended')}
          hint={t('force.ended.hint')}
          name="ended_at"
          type="datetime-local"
          min={localOf(of.started_at)}
          max={localOf(now.peek())}
        />
      )}
      {resolution !== 'CANCELLED' && (
        <MoneyInput label={t('force.charge')} hint={t('force.charge.hint')} name="charge_override" />
      )}
      <div class="field">
        <p class="label">{t('force.bill')}</p>
        <BillList bill={bill} />
      </div>
      <ReasonField shortest={shortestReason} />
      <Check name="is_sure" required>
        {t('force.sure')}
      </Check>
    </Dialog>
  );
}
