/// The lines between Nepal's 77 districts, out of the npm package nepal-geojson. Only its data is used; its
/// own reader pulls in a bundler of long ago, which package.json overrides away.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { MultiLineString, Position } from 'geojson';

interface Packed {
  features: { geometry: { coordinates: number[] } }[];
}

interface Unpacker {
  decodeGeometry(packed: number[]): Position[];
}

/// Decimals of a degree: 11 m.
const digits = 4;
const need = createRequire(import.meta.url);

function rings(): Position[][] {
  const path = need.resolve('nepal-geojson/assets/nepal.geojson.packed');
  const Minifier = need('geojson-minifier') as new (options: { precision: number }) => Unpacker;
  const unpacker = new Minifier({ precision: 6 });
  const packed = JSON.parse(readFileSync(path, 'utf8')) as Packed;
  return packed.features.map((each) => unpacker.decodeGeometry(each.geometry.coordinates));
}

const nameOf = (point: Position): string => point.map((each) => each.toFixed(digits)).join();
const pointOf = (name: string): Position => name.split(',').map(Number);

/// What two districts share, joined to lines as long as possible; the border of Nepal is drawn from
/// elsewhere.
export function districtLines(): MultiLineString {
  const seen = new Set<string>();
  const neighbours = new Map<string, Set<string>>();
  const join = (from: string, to: string): void => {
    if (!neighbours.has(from)) neighbours.set(from, new Set());
    neighbours.get(from)!.add(to);
  };
  for (const ring of rings()) {
    const names = ring.map(nameOf);
    for (let at = 1; at < names.length; ++at) {
      const [a, b] = [names[at - 1]!, names[at]!];
      if (a === b) continue;
      const edge = a < b ? `${a} ${b}` : `${b} ${a}`;
      if (seen.has(edge)) {
        join(a, b);
        join(b, a);
      }
      seen.add(edge);
    }
  }
  return { type: 'MultiLineString', coordinates: walk(neighbours) };
}

/// Follows edges until there is none left; each is walked once.
function walk(neighbours: Map<string, Set<string>>): Position[][] {
  const lines: Position[][] = [];
  for (const start of neighbours.keys()) {
    while (neighbours.get(start)!.size > 0) {
      const line = [start];
      for (let here = start; ;) {
        const [next] = neighbours.get(here)!;
        if (next === undefined) break;
        neighbours.get(here)!.delete(next);
        neighbours.get(next)!.delete(here);
        line.push(next);
        here = next;
      }
      lines.push(line.map(pointOf));
    }
  }
  return lines;
}
