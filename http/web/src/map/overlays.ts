/// What can be laid over the stations: active rentals, demand, low stock. Sources and layers of MapLibre.

import type { FeatureCollection, Point } from 'geojson';
import type { LayerSpecification } from 'maplibre-gl';
import type { LayerName, LayerPoint } from '../contract';
import type { Palette } from './palette';

export const layerNames: readonly LayerName[] = ['rentals', 'demand', 'low_stock'];
export const sourceOf = (name: LayerName): string => `overlay-${name}`;

export function pointsOf(points: readonly LayerPoint[]): FeatureCollection<Point> {
  const heaviest = Math.max(1, ...points.map((each) => each.weight ?? 1));
  return {
    type: 'FeatureCollection',
    features: points.map((each) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [each.lng, each.lat] },
      properties: {
        sn: each.sn,
        share: (each.weight ?? 1) / heaviest,
        late: (each.minutes_overdue ?? 0) > 0,
      },
    })),
  };
}

export function overlayLayer(name: LayerName, colours: Palette): LayerSpecification {
  const base = { id: sourceOf(name), source: sourceOf(name) };
  switch (name) {
    case 'demand':
      return {
        ...base,
        type: 'heatmap',
        paint: {
          'heatmap-weight': ['get', 'share'],
          'heatmap-intensity': ['interpolate', ['linear'], ['zoom'], 5, 0.5, 14, 0.9],
          'heatmap-radius': ['interpolate', ['linear'], ['zoom'], 5, 10, 10, 22, 14, 44],
          'heatmap-opacity': 0.65,
          'heatmap-color': [
            'interpolate',
            ['linear'],
            ['heatmap-density'],
            0,
            'rgb(120 94 240 / 0)',
            0.25,
            'rgb(120 94 240 / 45%)',
            0.55,
            '#dc267f',
            0.8,
            '#fe6100',
            1,
            '#ffb000',
          ],
        },
      };
    case 'rentals':
      return {
        ...base,
        type: 'circle',
        paint: {
          'circle-radius': ['case', ['get', 'late'], 6, 4],
          'circle-color': ['case', ['get', 'late'], colours.offline, colours.accent],
          'circle-stroke-color': colours.surface,
          'circle-stroke-width': ['case', ['get', 'late'], 2.5, 1],
        },
      };
    case 'low_stock':
      return {
        ...base,
        type: 'circle',
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 5, 8, 12, 26],
          'circle-color': colours['degraded-mark'],
          'circle-opacity': 0.18,
          'circle-stroke-color': colours['degraded-mark'],
          'circle-stroke-width': 2,
        },
      };
  }
}
