/// From what lies in view to what is drawn: one feature for each cluster or station, and the names of the
/// images it needs. Pure.

import type { Feature, Point } from 'geojson';
import type { Cluster, Marker, StationState } from '../contract';
import type { Scene } from '../live/scene';

/// The ring around a station is filled in eighths.
export const fillSteps = 8;
/// The ring around a cluster is divided in parts of this size.
export const ringParts = 24;

export type ImageSpec =
  | { is: 'station'; state: StationState; fill: number }
  | { is: 'badge'; rentable: number; free: number }
  | { is: 'issue'; isGrave: boolean }
  | { is: 'cluster'; size: number; parts: [number, number, number, number]; label: string };

export interface ItemProperties {
  key: string;
  kind: 'cluster' | 'station';
  image: string;
  badge: string;
  issue: string;
  order: number;
}

export function nameOf(image: ImageSpec): string {
  switch (image.is) {
    case 'station':
      return `station/${image.state}/${image.fill}`;
    case 'badge':
      return `badge/${image.rentable}/${image.free}`;
    case 'issue':
      return `issue/${image.isGrave ? 'grave' : 'open'}`;
    case 'cluster':
      return `cluster/${image.size}/${image.parts.join('-')}/${image.label}`;
  }
}

/// Shares of the ring; who is there at all gets a part, and the largest gives it up.
export function ringShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (total <= 0) return counts.map(() => 0);
  const parts = counts.map((each) => (each > 0 ? Math.max(1, Math.round((each / total) * ringParts)) : 0));
  const largest = counts.indexOf(Math.max(...counts));
  parts[largest] = (parts[largest] ?? 0) + ringParts - parts.reduce((sum, each) => sum + each, 0);
  return parts;
}

/// A cluster's circle in four sizes.
export function sizeOf(count: number): number {
  return count < 10 ? 0 : count < 100 ? 1 : count < 1000 ? 2 : 3;
}

export function fillOf(banks: number, slots: number): number {
  if (slots <= 0 || banks <= 0) return 0;
  return Math.min(fillSteps, Math.max(1, Math.round((banks / slots) * fillSteps)));
}

/// Who may not be hidden is drawn last.
const orderOf: Record<StationState, number> = { ONLINE: 0, MAINTENANCE: 1, DEGRADED: 2, OFFLINE: 3 };

type Want = (image: ImageSpec) => string;

function point(lng: number, lat: number, properties: ItemProperties): Feature<Point, ItemProperties> {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lng, lat] }, properties };
}

type LngLat = [lng: number, lat: number];

/// A cluster nearer than this to one of a neighbouring cell would cover it; in widths of a cell.
const tooNear = 0.8;

/// The middle of a cell "zoom/x/y" (64 pixels, four to a tile's side), and how wide it is in degrees.
function cellOf(key: string) {
  const [zoom, x, y] = key.split('/').map(Number);
  if (zoom === undefined || x === undefined || y === undefined) return null;
  const cells = 2 ** zoom * 4;
  const lng = ((x + 0.5) / cells) * 360 - 180;
  const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * (y + 0.5)) / cells))) * 180) / Math.PI;
  return { zoom, x, y, lng, lat, width: 360 / cells };
}

/// Where its stations are in the middle; but halfway to the middle of its cell if it would cover a neighbour,
/// or a neighbour it. Both do the same, so they part.
export function placeOf(of: Cluster, clusters: ReadonlyMap<string, Cluster>): LngLat {
  const cell = cellOf(of.key);
  if (!cell || Math.abs(cell.lng - of.lng) > cell.width / 2 + 1e-6) return [of.lng, of.lat];
  const narrow = Math.cos((of.lat * Math.PI) / 180);
  for (const [east, south] of around) {
    const other = clusters.get(`${cell.zoom}/${cell.x + east}/${cell.y + south}`);
    if (!other) continue;
    const away = Math.hypot((other.lng - of.lng) * narrow, other.lat - of.lat) / (cell.width * narrow);
    if (away < tooNear) return [(of.lng + cell.lng) / 2, (of.lat + cell.lat) / 2];
  }
  return [of.lng, of.lat];
}

const around = [-1, 0, 1]
  .flatMap((east) => [-1, 0, 1].map((south) => [east, south] as const))
  .filter(([east, south]) => east !== 0 || south !== 0);

function clusterFeature(
  each: Cluster,
  place: LngLat,
  label: string,
  want: Want,
): Feature<Point, ItemProperties> {
  const shares = ringShares([each.online, each.degraded, each.offline, each.maintenance]);
  const parts = shares as [number, number, number, number];
  return point(...place, {
    key: each.key,
    kind: 'cluster',
    badge: '',
    issue: '',
    order: 4,
    image: want({ is: 'cluster', size: sizeOf(each.count), parts, label }),
  });
}

export function stationFeature(each: Marker, want: Want): Feature<Point, ItemProperties> {
  const isGrave = each.issue === 'HIGH' || each.issue === 'CRITICAL';
  return point(each.lng, each.lat, {
    key: each.sn,
    kind: 'station',
    order: orderOf[each.state],
    image: want({ is: 'station', state: each.state, fill: fillOf(each.banks, each.slots) }),
    badge: want({ is: 'badge', rentable: each.rentable, free: each.free }),
    issue: each.issue ? want({ is: 'issue', isGrave }) : '',
  });
}

export function featuresOf(
  scene: Scene,
  labelOf: (count: number) => string,
  want: Want,
): Feature<Point, ItemProperties>[] {
  const features: Feature<Point, ItemProperties>[] = [];
  for (const each of scene.clusters.values())
    features.push(clusterFeature(each, placeOf(each, scene.clusters), labelOf(each.count), want));
  for (const each of scene.stations.values()) features.push(stationFeature(each, want));
  return features;
}
