import { describe, expect, test } from 'vitest';
import type { Cluster, Marker } from '../../../http/web/src/contract';
import {
  firstWaitMilliseconds,
  longestWaitMilliseconds,
  waitBefore,
} from '../../../http/web/src/live/backoff';
import { judge } from '../../../http/web/src/live/revisions';
import { applyDelta, sceneOf } from '../../../http/web/src/live/scene';

describe('revisions', () => {
  const event = (revision: number, merged = false) => ({ type: 'event' as const, revision, merged });

  test('the next event is applied, an old one is not', () => {
    expect(judge(7, event(8))).toBe('apply');
    expect(judge(7, event(7))).toBe('old');
    expect(judge(7, event(3))).toBe('old');
  });

  test('a missing event is noticed', () => expect(judge(7, event(9))).toBe('gap'));

  test('merged events and snapshots are whole states, whatever came before', () => {
    expect(judge(7, event(12, true))).toBe('replace');
    expect(judge(7, { type: 'snapshot', revision: 2 })).toBe('replace');
  });

  test('an event before any snapshot is no state', () => expect(judge(null, event(1))).toBe('gap'));
});

describe('back-off', () => {
  test('waits double, never longer than the longest', () => {
    expect(waitBefore(0, 0.999)).toBeLessThanOrEqual(firstWaitMilliseconds);
    expect(waitBefore(3, 1)).toBe(8 * firstWaitMilliseconds);
    expect(waitBefore(60, 1)).toBe(longestWaitMilliseconds);
  });

  test('jitter takes away half at most', () => {
    expect(waitBefore(4, 0)).toBe(waitBefore(4, 1) / 2);
  });
});

describe('scene', () => {
  const totals = { stations: 1, online: 1, degraded: 0, offline: 0, maintenance: 0 };
  const cluster = (key: string, count: number): Cluster => ({
    key,
    count,
    lat: 27,
    lng: 85,
    online: count,
    degraded: 0,
    offline: 0,
    maintenance: 0,
    rentable: 0,
    free: 0,
    slots: 0,
    banks: 0,
  });
  const marker = { sn: 'CT1', name: 'Thamel' } as Marker;
  const before = sceneOf({ zoom: 7, clusters: [cluster('7/1/1', 2)], stations: [marker], totals });

  test('a delta replaces what changed and takes away what is gone', () => {
    const delta = { clusters: [cluster('7/1/1', 3)], stations: [], gone: ['CT1'], pulses: [], totals };
    const after = applyDelta(before, delta);
    expect(after.clusters.get('7/1/1')?.count).toBe(3);
    expect(after.stations.size).toBe(0);
    expect(before.stations.size).toBe(1);
  });

  test('what leaves a cluster and stays alone is both: gone and new', () => {
    const delta = { clusters: [], stations: [marker], gone: ['7/1/1'], pulses: [], totals };
    const after = applyDelta(before, delta);
    expect([...after.clusters.keys()]).toEqual([]);
    expect([...after.stations.keys()]).toEqual(['CT1']);
  });
});
