/// One station: what it is doing, what is in it, what can be done to it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { watchStation, scene, station } from '../live/feeds';
import type { LogLine, Marker, StationLive } from '../contract';
import { IconButton } from '../design/icon_button';
import { StateMark } from '../design/state_mark';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { time } from '../i18n/format';
import { lookAt } from '../map/camera';
import { now } from '../now';
import { go, hrefOf } from '../routes';
import { LogRow } from '../feed/feed';
import { Actions } from './actions';
import { Commands, LatestCommand } from './commands';
import { Facts } from './facts';
import { Issues, RentalsOut } from './lists';
import { useOverview } from './overview';
import { Slots } from './slots';

const centre = (of: { lng: number; lat: number }): void => lookAt({ center: [of.lng, of.lat], zoom: 14 });

function State({ of }: { of: Marker | StationLive }) {
  return (
    <p class="panel-state" data-state={of.state}>
      <strong>{word('state', of.state)}</strong>
      {of.last_seen_at && (
        <time dateTime={of.last_seen_at} title={time(of.last_seen_at, 'full')}>
          {t('panel.seen', { age: age(of.last_seen_at, now.value) })}
        </time>
      )}
    </p>
  );
}

function Log({ sn, lines }: { sn: string; lines: readonly LogLine[] | null }) {
  if (!lines) return null;
  return (
    <section class="block">
      <h3>{t('panel.events')}</h3>
      {lines.length === 0 && <p class="empty">{t('feed.empty')}</p>}
      <ul class="rows">
        {lines.map((each) => (
          <LogRow key={each.id} of={each} />
        ))}
      </ul>
      <p class="panel-links">
        <a href={hrefOf.office('history', ['station'], `?station_sn=${encodeURIComponent(sn)}`)}>
          {t('panel.history')}
        </a>
        <a href={hrefOf.office('cabinets', [sn])}>{t('panel.login')}</a>
      </p>
    </section>
  );
}

export function StationPanel({ sn }: { sn: string }) {
  const [refusal, setRefusal] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    setRefusal('');
    const before = document.activeElement;
    heading.current?.focus();
    const stop = watchStation(sn, setRefusal);
    return () => {
      stop();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [sn]);
  const live = station.value;
  const marker = live ?? scene.value.stations.get(sn) ?? null;
  const known = useOverview(sn);
  useEffect(() => {
    if (marker) document.title = `${marker.name} · ${t('name')}`;
  }, [marker?.name]);
  const close = (): void => go(hrefOf.map);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !(event.target as Element).closest('dialog')) close();
  };
  return (
    <aside class="panel" aria-label={t('panel.label')} onKeyDown={onKey} data-testid="panel">
      <header class="panel-head">
        {marker && <StateMark state={marker.state} size={24} />}
        <div class="panel-title">
          <h2 ref={heading} tabIndex={-1}>
            {marker?.name ?? sn}
          </h2>
          <p>{[sn, live?.address].filter(Boolean).join(' · ')}</p>
        </div>
        {marker && <IconButton icon="target" label={t('panel.centre')} onClick={() => centre(marker)} />}
        <IconButton icon="close" label={t('panel.close')} onClick={close} />
      </header>
      <div class="panel-body">
        {refusal && (
          <p class="notice bad" role="alert">
            {word('refused', refusal)}
          </p>
        )}
        {marker && <State of={marker} />}
        <Actions sn={sn} state={marker?.state ?? null} />
        <LatestCommand sn={sn} />
        {live ? <Slots sn={sn} slots={live.slots} /> : !refusal && <p class="empty">{t('loading')}</p>}
        {marker && <Facts marker={marker} live={live} overview={known.data} />}
        {known.error && (
          <p class="notice bad" role="status">
            {known.error}
          </p>
        )}
        <Commands sn={sn} earlier={known.data?.commands ?? []} />
        <Issues issues={known.data?.issues ?? null} />
        <RentalsOut rentals={known.data?.rentals_out ?? null} />
        <Log sn={sn} lines={known.data?.events ?? null} />
      </div>
    </aside>
  );
}
