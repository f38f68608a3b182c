/// The map as a list: what lies in view, worst first. The way in for keyboards and screen readers, and
/// quicker than the map for everybody who knows the name.

import { useState } from 'preact/hooks';
import type { Cluster, Marker, StationState } from '../contract';
import { Icon } from '../design/icons';
import { StateMark } from '../design/state_mark';
import { filters, isFiltered } from '../filters/filters';
import { language, t, word } from '../i18n';
import { scene } from '../live/feeds';
import { hrefOf, route } from '../routes';
import { camera, follows, lookAt } from './camera';
import { nearestTown } from './places';

const pageLength = 60;
const rank: Record<StationState, number> = { OFFLINE: 0, DEGRADED: 1, MAINTENANCE: 2, ONLINE: 3 };

export function worstFirst(a: Marker, b: Marker): number {
  return rank[a.state] - rank[b.state] || a.name.localeCompare(b.name) || a.sn.localeCompare(b.sn);
}

function StationRow({ of }: { of: Marker }) {
  const where = route.value;
  const isOpen = where.view === 'map' && where.sn === of.sn;
  const onClick = (): void => {
    if (follows.peek()) lookAt({ center: [of.lng, of.lat] });
  };
  return (
    <li>
      <a
        class="row"
        href={hrefOf.station(of.sn)}
        aria-current={isOpen ? 'true' : undefined}
        onClick={onClick}
      >
        <StateMark state={of.state} isNamed />
        <span class="row-main">
          <span class="row-title">{of.name}</span>
          <span class="row-sub">{of.sn}</span>
        </span>
        {of.issue && (
          <span class="row-issue" title={t('issue.open', { priority: word('priority', of.issue) })}>
            <Icon name="warning" size={16} />
            <span class="visually-hidden">{t('issue.open', { priority: word('priority', of.issue) })}</span>
          </span>
        )}
        <span class="stock" title={t('stock', { rentable: of.rentable, free: of.free })}>
          <span class="visually-hidden">{t('stock', { rentable: of.rentable, free: of.free })}</span>
          <b aria-hidden="true">{of.rentable}</b>
          <span aria-hidden="true">{of.free}</span>
        </span>
      </a>
    </li>
  );
}

function ClusterRow({ of }: { of: Cluster }) {
  const trouble = of.degraded + of.offline;
  const town = nearestTown(of.lng, of.lat, camera.value.zoom + 3);
  const count = t('cluster', { count: of.count });
  const name = town && (language.value === 'ne' ? town[1] : town[0]);
  const state = trouble ? t('cluster.trouble', { count: trouble }) : t('cluster.fine');
  return (
    <li>
      <button
        class="row"
        type="button"
        onClick={() => lookAt({ center: [of.lng, of.lat], zoom: zoomInto(of.key) })}
      >
        <span class="row-cluster" aria-hidden="true">
          <Icon name="target" size={16} />
        </span>
        <span class="row-main">
          <span class="row-title">{name ? t('cluster.near', { name }) : count}</span>
          <span class="row-sub">{[name && count, state].filter(Boolean).join(' · ')}</span>
        </span>
      </button>
    </li>
  );
}

/// A cell of the server's grid falls apart when the map comes this much nearer.
export function zoomInto(key: string): number {
  return Number.parseInt(key, 10) + 2;
}

export function InView() {
  const [length, setLength] = useState(pageLength);
  const stations = [...scene.value.stations.values()].sort(worstFirst);
  const clusters = [...scene.value.clusters.values()].sort(
    (a, b) => b.offline + b.degraded - a.offline - a.degraded || b.count - a.count,
  );
  if (stations.length + clusters.length === 0) {
    const isNothing = scene.value.totals !== null;
    return (
      <p class="empty">
        {t(isNothing ? (isFiltered(filters.value) ? 'list.filtered' : 'list.empty') : 'loading')}
      </p>
    );
  }
  const shownStations = stations.slice(0, length);
  const shownClusters = clusters.slice(0, Math.max(0, length - shownStations.length));
  const more = stations.length + clusters.length - shownStations.length - shownClusters.length;
  return (
    <>
      <ul class="rows">
        {shownStations.map((each) => (
          <StationRow key={each.sn} of={each} />
        ))}
        {shownClusters.map((each) => (
          <ClusterRow key={each.key} of={each} />
        ))}
      </ul>
      {more > 0 && (
        <button type="button" class="button wide" onClick={() => setLength(length + pageLength)}>
          {t('list.more', { count: more })}
        </button>
      )}
    </>
  );
}
