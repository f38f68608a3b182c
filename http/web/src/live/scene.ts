/// What lies in the map's view: clusters and single stations, kept current by deltas. Pure.

import type { Cluster, MapDelta, MapSnapshot, Marker, StateCounts } from '../contract';

export interface Scene {
  clusters: ReadonlyMap<string, Cluster>;
  stations: ReadonlyMap<string, Marker>;
  totals: (StateCounts & { stations: number }) | null;
}

export const emptyScene: Scene = { clusters: new Map(), stations: new Map(), totals: null };

export function sceneOf(snapshot: MapSnapshot): Scene {
  return {
    clusters: new Map(snapshot.clusters.map((each) => [each.key, each])),
    stations: new Map(snapshot.stations.map((each) => [each.sn, each])),
    totals: snapshot.totals,
  };
}

export function applyDelta(before: Scene, delta: MapDelta): Scene {
  const clusters = new Map(before.clusters);
  const stations = new Map(before.stations);
  for (const name of delta.gone ?? []) {
    clusters.delete(name);
    stations.delete(name);
  }
  for (const each of delta.clusters ?? []) clusters.set(each.key, each);
  for (const each of delta.stations ?? []) stations.set(each.sn, each);
  return { clusters, stations, totals: delta.totals ?? before.totals };
}
