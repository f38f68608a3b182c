/// What the live topics have told: signals that the views read.

import { batch, signal } from '@preact/signals';
import type {
  Command,
  FeedEvent,
  MapDelta,
  MapSnapshot,
  MapView,
  Metrics,
  Pulse,
  StationLive,
} from '../contract';
import { applyDelta, emptyScene, sceneOf, type Scene } from './scene';
import { resubscribe, subscribe } from './socket';

export const scene = signal<Scene>(emptyScene);
export const metrics = signal<Metrics | null>(null);
/// Newest first.
export const events = signal<readonly FeedEvent[]>([]);
/// Newest first.
export const commands = signal<readonly Command[]>([]);
export const station = signal<StationLive | null>(null);
/// Those of the last delta; the map draws them and forgets.
export const pulses = signal<readonly Pulse[]>([]);

const eventsKept = 200;
const commandsKept = 100;

/// Puts newer versions of things in front, each thing once.
export function putFirst<T extends { id: string }>(
  newer: readonly T[],
  known: readonly T[],
  kept: number,
): readonly T[] {
  const fresh = new Set(newer.map((each) => each.id));
  return [...newer, ...known.filter((each) => !fresh.has(each.id))].slice(0, kept);
}

/// A newer version stays where the thing stood; what is new goes in front.
export function putInPlace<T extends { id: string }>(
  newer: T,
  known: readonly T[],
  kept: number,
): readonly T[] {
  const at = known.findIndex((each) => each.id === newer.id);
  if (at < 0) return [newer, ...known].slice(0, kept);
  return known.map((each, index) => (index === at ? newer : each));
}

let view: MapView | null = null;
let stopLooking: (() => void) | null = null;

/// What the map looks at; the server sends what lies there and no more.
export function look(wanted: MapView): void {
  view = wanted;
  if (stopLooking) {
    resubscribe('map');
    return;
  }
  stopLooking = subscribe('map', {
    isPerSocket: true,
    extras: () => ({ map: view }),
    onState: (data) => {
      scene.value = sceneOf(data as MapSnapshot);
    },
    onEvent: (data) => {
      const delta = data as MapDelta;
      batch(() => {
        scene.value = applyDelta(scene.peek(), delta);
        if (delta.pulses?.length) pulses.value = delta.pulses;
      });
    },
  });
}

export function lookAway(): void {
  stopLooking?.();
  stopLooking = null;
  scene.value = emptyScene;
}

export function watchNetwork(): () => void {
  const stops = [
    subscribe('metrics', {
      onState: (data) => {
        metrics.value = data as Metrics;
      },
      onEvent: (data) => {
        metrics.value = data as Metrics;
      },
    }),
    subscribe('events', {
      onState: (data) => {
        events.value = (data as { events: FeedEvent[] }).events;
      },
      onEvent: (data) => {
        const newer = (data as { events: FeedEvent[] }).events;
        events.value = putFirst(newer, events.peek(), eventsKept);
      },
    }),
    subscribe('commands', {
      onState: (data) => {
        const state = data as { commands: Command[] } | Command;
        if ('commands' in state) commands.value = state.commands;
        else noteCommand(state);
      },
      onEvent: (data) => noteCommand(data as Command),
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

/// Also what the answer to our own click says, which may come before or after the news of it.
export function noteCommand(newer: Command): void {
  const known = commands.peek().find((each) => each.id === newer.id);
  if (known && !known.is_open && newer.is_open) return;
  commands.value = putInPlace(newer, commands.peek(), commandsKept);
}

export function watchStation(sn: string, onRefused: (code: string) => void): () => void {
  station.value = null;
  const keep = (data: unknown): void => {
    station.value = data as StationLive;
  };
  const stop = subscribe(`station:${sn}`, { onState: keep, onEvent: keep, onRefused });
  return () => {
    stop();
    station.value = null;
  };
}
