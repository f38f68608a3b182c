/// One rental and its history: what happened, when it happened, and when the server knew.

import { useEffect } from 'preact/hooks';
import { rental, rentalLog } from '../api/calls';
import type { RentalLogEntry, RentalRow } from '../contract';
import { Icon } from '../design/icons';
import { t, word } from '../i18n';
import { rupees, time } from '../i18n/format';
import { hrefOf } from '../routes';
import { maySeeStations } from '../api/session';
import { stationName, stationSerial } from './names';
import { StatusTag } from './status_tag';
import { useLoaded } from './load';

/// Longer than this between a fact and our knowing it is worth a word.
const lateMilliseconds = 5_000;

function StationLink({ of }: { of: RentalRow['station'] }) {
  const serial = stationSerial(of);
  const name = stationName(of) ?? '–';
  return serial && maySeeStations.value ? <a href={hrefOf.station(serial)}>{name}</a> : <>{name}</>;
}

function Summary({ of }: { of: RentalRow }) {
  const at = (value: string | null): string => (value ? time(value, 'full') : '–');
  return (
    <dl class="facts wide-facts">
      <div class="fact">
        <dt>{t('rentals.rider')}</dt>
        <dd>{of.user?.username ?? '–'}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.from')}</dt>
        <dd>
          <StationLink of={of.station} />
        </dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.to')}</dt>
        <dd>
          <StationLink of={of.return_station} />
        </dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.bank')}</dt>
        <dd class="mono">{of.bank_sn ?? '–'}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.package')}</dt>
        <dd>{of.package_name ?? '–'}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.paid')}</dt>
        <dd>{rupees(of.amount_paid)}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.payment')}</dt>
        <dd>{word('payment', of.payment_status)}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.started')}</dt>
        <dd>{at(of.started_at)}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.due')}</dt>
        <dd>{at(of.due_at)}</dd>
      </div>
      <div class="fact">
        <dt>{t('rentals.ended')}</dt>
        <dd>{at(of.ended_at)}</dd>
      </div>
    </dl>
  );
}

function plain(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function LogRow({ of }: { of: RentalLogEntry }) {
  const kind = of.kind ?? of.event ?? '';
  const delay = new Date(of.recorded_at).getTime() - new Date(of.occurred_at).getTime();
  const data = Object.entries(of.data ?? {}).filter(([, value]) => value !== null && value !== '');
  return (
    <li class="log-entry">
      <time dateTime={of.occurred_at}>{time(of.occurred_at, 'full')}</time>
      <div>
        <strong>{word('log', kind)}</strong>
        {delay > lateMilliseconds && (
          <span class="tag soft">{t('log.known', { at: time(of.recorded_at, 'clockSeconds') })}</span>
        )}
        {data.length > 0 && (
          <dl class="log-data">
            {data.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{plain(value)}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </li>
  );
}

export function RentalDetail({ id }: { id: string }) {
  const { data, error } = useLoaded(id, async (signal) => {
    const [of, log] = await Promise.all([rental(id, signal), rentalLog(id, signal)]);
    return { of, log: log.results };
  });
  useEffect(() => {
    document.title = `${data?.of.rental_code ?? t('nav.rentals')} · ${t('name')}`;
  }, [data?.of.rental_code]);
  return (
    <main id="main" class="page-view">
      <a
        class="back"
        href={hrefOf.rentals()}
        onClick={(event) => {
          if (history.length < 2) return;
          event.preventDefault();
          history.back();
        }}
      >
        <Icon name="back" size={16} />
        {t('rentals.back')}
      </a>
      <div class="page-head">
        <h1>{data?.of.rental_code ?? t('loading')}</h1>
        {data && <StatusTag status={data.of.status} />}
      </div>
      {error && (
        <p class="notice bad" role="alert">
          {error}
        </p>
      )}
      {data && <Summary of={data.of} />}
      {data && (
        <section class="block">
          <h2>{t('log')}</h2>
          <ol class="log">
            {data.log.map((each, index) => (
              <LogRow key={index} of={each} />
            ))}
          </ol>
        </section>
      )}
      <p class="footnote">{t('times.note')}</p>
    </main>
  );
}
