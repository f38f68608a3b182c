/// The station in figures.

import type { Board, Marker, Overview, StationLive } from '../contract';
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

function uptime(share: number | null | undefined): string | null {
  return share === null || share === undefined ? null : percent(share);
}

/// Up to which CSQ it is called so, as the server does (protocols/kiosks/cabinet_a8_meaning).
const grades = [
  [12, 'very_weak'],
  [16, 'weak'],
  [20, 'fair'],
  [25, 'good'],
  [31, 'very_good'],
] as const;

function signalText(value: number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const [, grade] = grades.find(([most]) => value <= most) ?? [99, 'none'];
  return `${word('signal', grade)} (${whole(value)})`;
}

/// The versions of its boards, each once.
function firmwareText(boards: readonly Board[]): string | null {
  const versions = [...new Set(boards.map((each) => each.software))];
  return versions.length > 0 ? versions.map(whole).join(', ') : null;
}

function warmest(boards: readonly Board[]): string | null {
  const known = boards.map((each) => each.temperature).filter((each) => each !== null);
  return known.length > 0 ? t('degrees', { value: Math.max(...known) }) : null;
}

interface Props {
  marker: Marker | StationLive;
  live: StationLive | null;
  overview: Overview | null;
}

export function Facts({ marker, live, overview }: Props) {
  const boards = live?.hardware?.boards ?? [];
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
        <Fact name={t('fact.signal')} value={signalText(live?.hardware?.signal)} />
        <Fact name={t('fact.heat')} value={warmest(boards)} />
        <Fact name={t('fact.firmware')} value={firmwareText(boards)} />
        {live?.imei && <Fact name={t('fact.imei')} value={live.imei} isWide />}
      </dl>
    </section>
  );
}
