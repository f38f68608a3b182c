/// One rental and why it is as it is: what happened, when it happened, when the server knew, and the money.

import { useState } from 'preact/hooks';
import { explainRental } from '../api/office_calls';
import { mayChange } from '../api/session';
import { openRentalStatuses, type RentalDetail as Rental } from '../contract_office';
import { t, word } from '../i18n';
import { percent, rupees, time } from '../i18n/format';
import { useLoaded } from '../office/load';
import { BankLink, StationLink } from '../office/names';
import { Block, FactList, Page, type Fact } from '../office/page';
import { StatusTag } from '../office/status_tag';
import { English, Timeline } from '../office/timeline_list';
import { hrefOf } from '../routes';
import { ForceComplete } from './force_complete';
import { Money } from './money';

const battery = (level: number | null | undefined): string =>
  typeof level === 'number' ? percent(level / 100) : '';

function factsOf(of: Rental): Fact[] {
  const at = (value: string | null): string => (value ? time(value, 'full') : '');
  const charge = [battery(of.start_battery_level), battery(of.return_battery_level)]
    .filter(Boolean)
    .join(' → ');
  return [
    [t('rentals.rider'), of.user?.username],
    [t('rentals.from'), <StationLink of={of.station} />],
    [t('rentals.to'), <StationLink of={of.return_station} />],
    [t('rentals.bank'), <BankLink sn={of.bank_sn} />],
    [t('rentals.charge'), charge],
    [t('rentals.package'), of.package_name],
    [t('rentals.paid'), rupees(of.amount_paid)],
    [t('rentals.payment'), word('payment', of.payment_status)],
    [t('rentals.started'), at(of.started_at)],
    [t('rentals.due'), at(of.due_at)],
    [t('rentals.ended'), at(of.ended_at)],
    ...(of.closure_reason ? [[t('rentals.closure'), word('closure', of.closure_reason)] as const] : []),
  ];
}

export function RentalDetail({ id }: { id: string }) {
  const { data, error, reload } = useLoaded(
    id,
    (signal) => explainRental(id, signal),
    (known) => !openRentalStatuses.includes(known.rental.status),
  );
  const [isForcing, setForcing] = useState(false);
  const of = data?.rental;
  const mayForce = of && openRentalStatuses.includes(of.status) && mayChange('rentals.override');
  return (
    <Page
      title={of?.rental_code ?? (error ? t('nav.rentals') : t('loading'))}
      tag={of && <StatusTag group="rental" status={of.status} />}
      back={{ href: hrefOf.office('rentals'), label: t('rentals.back') }}
      error={error}
      actions={
        mayForce && (
          <button type="button" class="button danger" onClick={() => setForcing(true)}>
            {t('force.open')}
          </button>
        )
      }
    >
      {data && of && (
        <>
          {data.summary.length > 0 && (
            <div class="summary" data-testid="summary">
              {data.summary.map((each) => (
                <English key={each} text={each} />
              ))}
            </div>
          )}
          <FactList facts={factsOf(of)} />
          <Money of={data.money} />
          <Block title={t('log')}>
            <Timeline known={data} order="oldest" />
          </Block>
          {isForcing && (
            <ForceComplete of={of} bill={data.money.bill} onClose={() => setForcing(false)} onDone={reload} />
          )}
        </>
      )}
    </Page>
  );
}
