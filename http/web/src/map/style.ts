/// The page's own map style, from shipped outlines; nothing of it is fetched from elsewhere. Used unless the
/// server names a tile style.

import type { FeatureCollection, Point } from 'geojson';
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { Outlines } from '../../build_outlines';
import type { Language } from '../i18n/language';
import type { Palette } from './palette';
import { countries, towns, type Place } from './places';

function points(places: readonly Place[], language: Language): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: places.map(([en, ne, lng, lat, zoom]) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [lng, lat] },
      properties: { name: language === 'ne' ? ne : en, zoom },
    })),
  };
}

/// Lines each `step` degrees around Nepal: they give a sense of scale and movement where nothing else is
/// drawn.
function grid(step: number): FeatureCollection {
  const [west, south, east, north] = [78, 25, 90, 32];
  const lines: [number, number][][] = [];
  for (let lng = west; lng <= east + step / 2; lng += step)
    lines.push([
      [lng, south],
      [lng, north],
    ]);
  for (let lat = south; lat <= north + step / 2; lat += step)
    lines.push([
      [west, lat],
      [east, lat],
    ]);
  const geometry = { type: 'MultiLineString' as const, coordinates: lines };
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] };
}

type Layer = LayerSpecification;
type Width = number | ExpressionSpecification;

/// By zoom: [zoom, value, zoom, value, ...]
const byZoom = (...stops: number[]): ExpressionSpecification =>
  ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;

function area(id: string, colour: string): Layer {
  return { id, type: 'fill', source: id, paint: { 'fill-color': colour } };
}

function line(id: string, colour: string, width: Width, minzoom = 0): Layer {
  return {
    id: `${id}-line`,
    type: 'line',
    source: id,
    minzoom,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': colour, 'line-width': width },
  };
}

function ground(colours: Palette): Layer[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours['map-sea'] } },
    area('world', colours['map-land']),
    area('neighbourhood', colours['map-land']),
    line('borders', colours['map-border'], 1),
    area('nepal', colours['map-nepal']),
    line('grid', colours['map-grid'], 1, 8),
    line('fine-grid', colours['map-grid'], 1, 10.5),
    line('finest-grid', colours['map-grid'], 0.8, 13),
    line('districts', colours['map-border'], byZoom(6, 0.5, 10, 1.2, 14, 2)),
    line('nepal', colours['map-outline'], byZoom(4, 0.8, 8, 1.6, 12, 2.4)),
  ];
}

/// Clusters stand where the people are: a name gives way to them, and if it cannot it stays away.
const dodging: (string | [number, number])[] = [
  'top',
  [0, 0.4],
  'bottom',
  [0, -0.4],
  'top',
  [0, 3.3],
  'bottom',
  [0, -3.3],
];

function names(colours: Palette): Layer[] {
  const paint = {
    'text-color': colours['map-place'],
    'text-halo-color': colours['map-nepal'],
    'text-halo-width': 1.4,
  };
  const text = { 'text-field': ['get', 'name'] as ExpressionSpecification, 'text-font': ['system-ui'] };
  const filter: FilterSpecification = ['<=', ['get', 'zoom'], ['zoom']];
  return [
    {
      id: 'countries',
      type: 'symbol',
      source: 'countries',
      maxzoom: 8.5,
      filter,
      layout: { ...text, 'text-size': 13, 'text-letter-spacing': 0.18 },
      paint: { ...paint, 'text-opacity': 0.75 },
    },
    {
      id: 'towns',
      type: 'symbol',
      source: 'towns',
      filter,
      layout: {
        ...text,
        'text-size': byZoom(6, 11.5, 12, 13),
        'text-variable-anchor-offset': dodging,
        'symbol-sort-key': ['get', 'zoom'],
      },
      paint,
    },
  ];
}

export function ownStyle(outlines: Outlines, colours: Palette, language: Language): StyleSpecification {
  return {
    version: 8,
    sources: {
      world: { type: 'geojson', data: outlines.world },
      neighbourhood: { type: 'geojson', data: outlines.neighbourhood },
      borders: { type: 'geojson', data: outlines.borders },
      nepal: { type: 'geojson', data: outlines.nepal },
      districts: { type: 'geojson', data: outlines.districts },
      grid: { type: 'geojson', data: grid(0.25) },
      'fine-grid': { type: 'geojson', data: grid(0.05) },
      'finest-grid': { type: 'geojson', data: grid(0.01) },
      countries: { type: 'geojson', data: points(countries, language) },
      towns: { type: 'geojson', data: points(towns, language) },
    },
    layers: [...ground(colours), ...names(colours)],
  };
}
