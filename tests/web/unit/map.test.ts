import { describe, expect, test } from 'vitest';
import type { Cluster, Marker } from '../../../http/web/src/contract';
import {
  fillOf,
  fillSteps,
  nameOf,
  placeOf,
  ringParts,
  ringShares,
  stationFeature,
  type ImageSpec,
} from '../../../http/web/src/map/items';

const sum = (parts: number[]): number => parts.reduce((total, each) => total + each, 0);

describe('a cluster’s ring', () => {
  test('is always whole', () => {
    for (const counts of [
      [9, 0, 0, 0],
      [997, 1, 1, 1],
      [1, 1, 1, 1],
      [3, 5, 7, 11],
      [0, 0, 0, 2],
    ]) {
      expect(sum(ringShares(counts))).toBe(ringParts);
    }
  });

  test('shows one station in trouble among a thousand', () => {
    expect(ringShares([999, 0, 1, 0])).toEqual([ringParts - 1, 0, 1, 0]);
  });

  test('of nobody is empty', () => expect(ringShares([0, 0, 0, 0])).toEqual([0, 0, 0, 0]));
});

describe('a cluster’s place', () => {
  const cluster = (key: string, lng: number, lat: number) => ({ key, lng, lat }) as Cluster;
  const among = (...all: Cluster[]) => new Map(all.map((each) => [each.key, each]));
  // Of 4 by 4 cells each is 90 degrees wide: cell 2 is 0..90 east, cell 3 is 90..180.
  const left = cluster('0/2/1', 85, 30);

  test('is where its stations are', () => {
    expect(placeOf(left, among(left, cluster('0/3/1', 170, 30)))).toEqual([85, 30]);
  });

  test('gives way to a neighbour that would cover it, and the neighbour to it', () => {
    const right = cluster('0/3/1', 95, 30);
    expect(placeOf(left, among(left, right))[0]).toBeCloseTo(65);
    expect(placeOf(right, among(left, right))[0]).toBeCloseTo(115);
  });

  test('is that of its stations if the key says nothing we understand', () => {
    const odd = cluster('somewhere', 85, 27);
    expect(placeOf(odd, among(odd))).toEqual([85, 27]);
  });
});

describe('a station', () => {
  const names: string[] = [];
  const want = (image: ImageSpec): string => {
    names.push(nameOf(image));
    return nameOf(image);
  };
  const marker: Marker = {
    sn: 'CT1',
    name: 'Thamel',
    lat: 27.7,
    lng: 85.3,
    state: 'OFFLINE',
    rentable: 3,
    free: 1,
    slots: 8,
    banks: 7,
    issue: 'CRITICAL',
    last_seen_at: null,
    active_out: 0,
  };

  test('wants an image for its state and fill, one for its stock, one for its issue', () => {
    const feature = stationFeature(marker, want);
    expect(names).toEqual(['station/OFFLINE/7', 'badge/3/1', 'issue/grave']);
    expect(feature.properties.key).toBe('CT1');
    expect(feature.geometry.coordinates).toEqual([85.3, 27.7]);
  });

  test('with one bank in many slots is not drawn empty, nor one with too many banks overfull', () => {
    expect(fillOf(1, 50)).toBe(1);
    expect(fillOf(0, 50)).toBe(0);
    expect(fillOf(9, 8)).toBe(fillSteps);
    expect(fillOf(3, 0)).toBe(0);
  });
});
