/// What the operator wants to see of the network, and views saved under a name.

import { signal } from '@preact/signals';
import { priorities, stationStates, type MapFilters } from '../contract';
import { recall, remember } from '../memory';

export const filters = signal<MapFilters>({});

export function isFiltered(wanted: MapFilters): boolean {
  return Object.keys(wanted).length > 0;
}

/// Without what means nothing, so that equal wishes are equal texts.
export function tidy(wanted: MapFilters): MapFilters {
  const kept: MapFilters = {};
  const states = stationStates.filter((state) => wanted.status?.includes(state));
  if (states.length > 0 && states.length < stationStates.length) kept.status = states;
  if (wanted.low_stock) kept.low_stock = true;
  if (wanted.no_free_slot) kept.no_free_slot = true;
  if (wanted.battery_below) kept.battery_below = Math.min(100, Math.max(1, Math.round(wanted.battery_below)));
  if (wanted.silent_minutes)
    kept.silent_minutes = Math.min(10_080, Math.max(1, Math.round(wanted.silent_minutes)));
  if (wanted.issue_priority && priorities.includes(wanted.issue_priority)) {
    kept.issue_priority = wanted.issue_priority;
  }
  const text = wanted.text?.trim().slice(0, 100);
  if (text) kept.text = text;
  return kept;
}

export function setFilters(wanted: MapFilters): void {
  const tidied = tidy(wanted);
  if (JSON.stringify(tidied) !== JSON.stringify(filters.peek())) filters.value = tidied;
}

// ---- saved views

export interface SavedView {
  name: string;
  filters: MapFilters;
  center: [lng: number, lat: number];
  zoom: number;
}

const savedViewsMax = 20;

/// Reads what an earlier page kept; anything unreadable is left out.
export function parseViews(text: string | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(kept)) return [];
    return (kept as SavedView[])
      .filter(
        (each) =>
          typeof each?.name === 'string' &&
          Number.isFinite(each.zoom) &&
          Array.isArray(each.center) &&
          each.center.every(Number.isFinite),
      )
      .map((each) => ({ ...each, filters: tidy(each.filters ?? {}) }))
      .slice(0, savedViewsMax);
  } catch {
    return [];
  }
}

export const savedViews = signal<SavedView[]>(parseViews(recall('views')));

function keep(views: SavedView[]): void {
  savedViews.value = views.slice(0, savedViewsMax);
  remember('views', JSON.stringify(savedViews.value));
}

/// A view of the same name is replaced.
export function saveView(view: SavedView): void {
  keep([view, ...savedViews.peek().filter((each) => each.name !== view.name)]);
}

export function forgetView(name: string): void {
  keep(savedViews.peek().filter((each) => each.name !== name));
}
