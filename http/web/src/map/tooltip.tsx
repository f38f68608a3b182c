/// What is under the pointer, in words. The list says the same to who has no pointer.

import { StateMark } from '../design/state_mark';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { scene } from '../live/feeds';
import { now } from '../now';
import type { ItemProperties } from './items';

export interface Pointed {
  item: ItemProperties;
  x: number;
  y: number;
}

function ClusterText({ name }: { name: string }) {
  const of = scene.value.clusters.get(name);
  if (!of) return null;
  const states = [
    ['ONLINE', of.online],
    ['DEGRADED', of.degraded],
    ['OFFLINE', of.offline],
    ['MAINTENANCE', of.maintenance],
  ] as const;
  return (
    <>
      <strong>{t('cluster', { count: of.count })}</strong>
      <span class="tooltip-states">
        {states
          .filter(([, count]) => count > 0)
          .map(([state, count]) => (
            <span key={state}>
              <StateMark state={state} size={12} />
              {count}
            </span>
          ))}
      </span>
      <span>{t('stock', { rentable: of.rentable, free: of.free })}</span>
    </>
  );
}

function StationText({ sn }: { sn: string }) {
  const of = scene.value.stations.get(sn);
  if (!of) return null;
  return (
    <>
      <strong>
        <StateMark state={of.state} size={12} />
        {of.name}
      </strong>
      <span>
        {word('state', of.state)}
        {of.last_seen_at && ` · ${age(of.last_seen_at, now.value)}`}
      </span>
      <span>{t('stock', { rentable: of.rentable, free: of.free })}</span>
      {of.issue && <span>{t('issue.open', { priority: word('priority', of.issue) })}</span>}
    </>
  );
}

export function Tooltip({ pointed }: { pointed: Pointed | null }) {
  if (!pointed) return null;
  const { item, x, y } = pointed;
  return (
    <div class="tooltip" aria-hidden="true" style={{ left: `${x}px`, top: `${y}px` }}>
      {item.kind === 'cluster' ? <ClusterText name={item.key} /> : <StationText sn={item.key} />}
    </div>
  );
}
