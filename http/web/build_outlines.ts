/// At build time: the outlines the map draws, out of the npm packages world-atlas (Natural Earth) and
/// nepal-geojson. The world at 1:110 million, Nepal's neighbourhood at 1:50 million, Nepal at 1:10 million.
/// Becomes the module `virtual:outlines`, a chunk of its own.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Feature, Geometry, MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';
import { feature, merge, mesh } from 'topojson-client';
import type {
  GeometryCollection,
  GeometryObject,
  MultiPolygon as MultiPolygonTopology,
  Polygon as PolygonTopology,
  Topology,
} from 'topojson-specification';
import type { Plugin } from 'vite';
import { districtLines } from './districts';

export interface Outlines {
  world: Feature<MultiPolygon>;
  neighbourhood: Feature<MultiPolygon>;
  borders: Feature<MultiLineString>;
  nepal: Feature<Polygon>;
  districts: Feature<MultiLineString>;
}

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
type Nested = Position | Nested[];

/// ISO 3166-1.
const nepal = '524';
/// India, China, Bhutan, Bangladesh, Pakistan, Myanmar, Afghanistan, Thailand, Laos, Viet Nam, Sri Lanka,
/// Tajikistan, Kyrgyzstan, Nepal.
const nearby = new Set([
  '356',
  '156',
  '064',
  '050',
  '586',
  '104',
  '004',
  '764',
  '418',
  '704',
  '144',
  '762',
  '417',
  nepal,
]);
const moduleName = 'virtual:outlines';

function atlas(scale: '10m' | '50m' | '110m'): Atlas {
  const path = createRequire(import.meta.url).resolve(`world-atlas/countries-${scale}.json`);
  return JSON.parse(readFileSync(path, 'utf8')) as Atlas;
}

/// Coordinates with as many digits as the scale is worth.
function rounded<T extends Nested>(coordinates: T, digits: number): T {
  const round = (part: Nested | number): unknown =>
    Array.isArray(part) ? part.map(round) : Number(part.toFixed(digits));
  return round(coordinates) as T;
}

const isNepal = (country: GeometryObject): boolean => country.id === nepal;

type Area = MultiPolygonTopology | PolygonTopology;

function outlines(): Outlines {
  const coarse = atlas('110m');
  const middle = atlas('50m');
  const fine = atlas('10m');
  const near = middle.objects.countries.geometries.filter((each) => nearby.has(String(each.id))) as Area[];
  const world = merge(coarse, coarse.objects.countries.geometries as Area[]);
  const borders = mesh(
    middle,
    { type: 'GeometryCollection', geometries: near },
    (a, b) => a !== b && !isNepal(a) && !isNepal(b),
  );
  const shape = feature(fine, fine.objects.countries.geometries.find(isNepal)!) as Feature<Polygon>;
  const plainFeature = <G extends Geometry>(geometry: G, digits: number): Feature<G> => ({
    type: 'Feature',
    properties: {},
    geometry: { ...geometry, coordinates: rounded((geometry as Polygon).coordinates, digits) },
  });
  return {
    world: plainFeature(world, 2),
    neighbourhood: plainFeature(merge(middle, near), 2),
    borders: plainFeature(borders, 2),
    nepal: plainFeature(shape.geometry, 4),
    districts: plainFeature(districtLines(), 4),
  };
}

export function outlinesPlugin(): Plugin {
  return {
    name: 'outlines',
    resolveId: (id) => (id === moduleName ? `\0${moduleName}` : null),
    load(id) {
      if (id !== `\0${moduleName}`) return null;
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(outlines()))});`;
    },
  };
}
