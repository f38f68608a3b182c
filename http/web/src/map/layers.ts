/// Which layers are on, and their points: asked for anew when the map has moved and twice a minute.

import { computed, effect, signal } from '@preact/signals';
import { layer } from '../api/calls';
import { maySeeStations } from '../api/session';
import type { LayerName, LayerPoint } from '../contract';
import { now } from '../now';
import { bounds } from './camera';
import { layerNames } from './overlays';

export const windows = ['1h', '24h', '7d'] as const;
export type Window = (typeof windows)[number];

export const shownLayers = signal<ReadonlySet<LayerName>>(new Set());
export const demandWindow = signal<Window>('24h');

type Points = Record<LayerName, readonly LayerPoint[]>;
const none: Points = { rentals: [], demand: [], low_stock: [] };
export const layerPoints = signal<Points>(none);
export const layerFailed = signal(false);

const everyMilliseconds = 30_000;
const round = computed(() => Math.floor(now.value / everyMilliseconds));

export function toggleLayer(name: LayerName): void {
  const next = new Set(shownLayers.peek());
  if (!next.delete(name)) next.add(name);
  shownLayers.value = next;
}

function put(name: LayerName, points: readonly LayerPoint[]): void {
  layerPoints.value = { ...layerPoints.peek(), [name]: points };
}

async function load(name: LayerName, signal: AbortSignal): Promise<void> {
  try {
    put(name, (await layer(name, bounds.peek()!, demandWindow.peek(), signal)).points);
    layerFailed.value = false;
  } catch {
    if (!signal.aborted) layerFailed.value = true;
  }
}

effect(() => {
  const shown = shownLayers.value;
  void [bounds.value, demandWindow.value, round.value];
  for (const name of layerNames) {
    if (!shown.has(name) && layerPoints.peek()[name].length > 0) put(name, []);
  }
  if (shown.size === 0 || !bounds.peek() || !maySeeStations.peek()) return undefined;
  const control = new AbortController();
  for (const name of shown) void load(name, control.signal);
  return () => control.abort();
});
