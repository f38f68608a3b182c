/// The station in figures.

import type { Marker, Overview, StationLive } from '../contract';
import { t, word } from '../i18n';
import { percent, rupees, whole } from '../i18n/format';

interface FactProps {
  name: string;
  value: string | null;
  isBad?: boolean;
  isWide?: boolean;
}

function Fact({ name, value, isBad = false, isWide = false }: FactProps) {
  return (
    <div class={isWide ? 'fact wide' : 'fact'} data-bad={isBad ? '' : undefined}>
      <dt>{name}</dt>
      <dd>{value ?? '–'}</dd>
    </div>
  );
}

/// A share of one, or of a hundred, as the server's version says it.
function uptime(share: number | null | undefined): string | null {
  if (share === null || share === undefined) return null;
  return percent(share > 1 ? share / 100 : share);
}

/// CSQ, 0..31; 99 means no network (3GPP TS 27.007, 8.5).
function signalText(value: unknown): string | null {
  if (typeof value === 'string') return word('signal', value);
  if (typeof value !== 'number') return null;
  const grade = value > 31 ? 'none' : value >= 20 ? 'good' : value >= 10 ? 'fair' : 'weak';
  return `${word('signal', grade)} (${whole(value)})`;
}

function text(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

interface Props {
  marker: Marker | StationLive;
  live: StationLive | null;
  overview: Overview | null;
}

export function Facts({ marker, live, overview }: Props) {
  const hardware = live?.hardware ?? {};
  return (
    <section class="block">
      <h3>{t('panel.facts')}</h3>
      <dl class="facts">
        <Fact name={t('fact.rentable')} value={whole(marker.rentable)} isBad={marker.rentable === 0} />
        <Fact name={t('fact.free')} value={whole(marker.free)} isBad={marker.free === 0} />
        <Fact name={t('fact.out')} value={whole(marker.active_out)} />
        <Fact
          name={t('fact.overdue')}
          value={overview && whole(overview.overdue)}
          isBad={!!overview?.overdue}
        />
        <Fact name={t('fact.revenue')} value={overview && rupees(overview.revenue_today)} />
        <Fact name={t('fact.uptime24')} value={uptime(overview?.uptime_24h)} />
        <Fact name={t('fact.uptime7')} value={uptime(overview?.uptime_7d)} />
        <Fact name={t('fact.signal')} value={signalText(hardware.signal)} />
        <Fact name={t('fact.network')} value={text(hardware.network)} />
        <Fact name={t('fact.firmware')} value={text(hardware.firmware)} />
        {live?.imei && <Fact name={t('fact.imei')} value={live.imei} isWide />}
      </dl>
    </section>
  );
}
