/// Where the map looks, and where others want it to look.

import { signal } from '@preact/signals';
import type { Bounds } from '../contract';
import { recall, remember } from '../memory';

export interface Camera {
  center: [lng: number, lat: number];
  zoom: number;
}

export interface Wish {
  center: [lng: number, lat: number];
  zoom?: number;
  /// This zoom, not at least this zoom.
  isExact?: boolean;
}

export const camera = signal<Camera>({ center: [84.1, 28.3], zoom: 6 });
export const bounds = signal<Bounds | null>(null);
export const wish = signal<Wish | null>(null);

export function lookAt(wanted: Wish): void {
  wish.value = wanted;
}

/// The map moves to the station that is chosen in a list.
export const follows = signal(recall('follows') !== 'no');

export function setFollows(does: boolean): void {
  follows.value = does;
  remember('follows', does ? 'yes' : 'no');
}
