/// The map in the page: signals go in, looks and clicks come out.

import { computed, effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Marker, PageConfig } from '../contract';
import { IconButton } from '../design/icon_button';
import { isDark } from '../design/theme';
import { filters } from '../filters/filters';
import { language, t } from '../i18n';
import { short } from '../i18n/format';
import { look, lookAway, pulses, scene, station } from '../live/feeds';
import { recall, remember } from '../memory';
import { go, hrefOf, route } from '../routes';
import { bounds, camera, follows, lookAt, setFollows, wish, type Camera } from './camera';
import { zoomInto } from './in_view';
import type { ItemProperties } from './items';
import { LayersCard } from './layers_card';
import { layerPoints } from './layers';
import type { NetworkMap } from './network_map';
import { readPalette } from './palette';
import { ownStyle } from './style';
import { Tooltip, type Pointed } from './tooltip';

/// The open station as a marker: its live topic, or what the view knew of it before that speaks.
const chosen = computed<Marker | null>(() => {
  if (station.value) return { ...station.value, slots: station.value.slots.length };
  const where = route.value;
  return (where.view === 'map' && where.sn && scene.value.stations.get(where.sn)) || null;
});
const pointed = signal<Pointed | null>(null);
const settle = 200;
const fullWidth = 1800;

function startCamera(config: PageConfig): Camera {
  try {
    const kept = JSON.parse(recall('camera') ?? 'null') as Camera | null;
    if (kept && kept.center.every(Number.isFinite) && Number.isFinite(kept.zoom)) return kept;
  } catch {
    // Unreadable: the start view.
  }
  return startView(config);
}

/// The start view is meant for a wide screen; a narrow one steps back.
function startView(config: PageConfig): Camera {
  const { lat, lng, zoom } = config.start_view;
  return { center: [lng, lat], zoom: zoom - Math.max(0, Math.log2(fullWidth / Math.max(320, innerWidth))) };
}

async function currentStyle(config: PageConfig) {
  if (config.tile_style_url) return config.tile_style_url;
  const { default: outlines } = await import('virtual:outlines');
  return ownStyle(outlines, readPalette(), language.peek());
}

/// The server's cells are 64 pixels of a world of 256 at zoom 0, MapLibre's world has 512: a cell is 90 to
/// 180 pixels wide on the screen, room for one cluster.
function serverZoom(zoom: number): number {
  return Math.min(15, Math.max(5, Math.floor(zoom + 0.5)));
}

function onPicked(item: ItemProperties, center: [number, number]): void {
  if (item.kind === 'cluster') lookAt({ center, zoom: zoomInto(item.key) });
  else go(hrefOf.station(item.key));
}

/// Everything that moves between the signals and one map; the answer ends it.
function wire(map: NetworkMap, config: PageConfig): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      const view = { bounds: map.bounds, zoom: serverZoom(map.zoom), filters: filters.peek() };
      bounds.value = view.bounds;
      camera.value = { center: map.center, zoom: map.zoom };
      remember('camera', JSON.stringify(camera.peek()));
      look(view);
    }, settle);
  };
  moved = ask;
  let isFirst = true;
  let centred = '';
  const stops = [
    effect(() => map.show(scene.value)),
    effect(() => map.choose(chosen.value)),
    effect(() => {
      // Opened by its address, or from the feed: the map goes there once it knows where.
      const sn = chosen.value?.sn ?? '';
      if (sn === centred) return;
      centred = sn;
      const at = chosen.peek();
      if (at && follows.peek() && !map.shows([at.lng, at.lat]))
        lookAt({ center: [at.lng, at.lat], zoom: 12 });
    }),
    effect(() => map.pulse(pulses.value)),
    effect(() => {
      void filters.value;
      ask();
    }),
    effect(() => {
      const wanted = wish.value;
      if (!wanted) return;
      wish.value = null;
      if (wanted.isExact && wanted.zoom !== undefined) map.setView(wanted.center, wanted.zoom);
      else map.goTo(wanted.center, wanted.zoom);
    }),
    effect(() => {
      void [isDark.value, language.value];
      if (isFirst) return;
      void currentStyle(config).then((style) => map.restyle(style, readPalette()));
    }),
    effect(() => {
      for (const [name, points] of Object.entries(layerPoints.value)) map.lay(name as never, points);
    }),
  ];
  isFirst = false;
  return () => {
    clearTimeout(pause);
    stops.forEach((stop) => stop());
  };
}

let moved = (): void => undefined;

export function MapView({ config }: { config: PageConfig }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<NetworkMap | null>(null);
  useEffect(() => {
    let isGone = false;
    let unwire = (): void => undefined;
    const sizes = new ResizeObserver(() => map.current?.resize());
    // MapLibre is two thirds of the page; who signs in need not wait for it.
    void Promise.all([currentStyle(config), import('./network_map')]).then(([style, { NetworkMap }]) => {
      if (isGone || !box.current) return;
      map.current = new NetworkMap(
        { container: box.current, style, label: t('map.label'), ...startCamera(config) },
        readPalette(),
        short,
        {
          moved: () => moved(),
          picked: onPicked,
          pointed: (item, x, y) => {
            pointed.value = item && { item, x, y };
          },
        },
      );
      unwire = wire(map.current, config);
      sizes.observe(box.current);
    });
    return () => {
      isGone = true;
      sizes.disconnect();
      unwire();
      lookAway();
      map.current?.remove();
      map.current = null;
    };
  }, [config]);
  return (
    <section class="map" aria-label={t('map.section')}>
      <div class="map-canvas" ref={box} data-testid="map" />
      <Tooltip pointed={pointed.value} />
      <div class="map-tools">
        <div class="tool-group">
          <IconButton look="tool" icon="plus" label={t('map.in')} onClick={() => map.current?.zoomBy(1)} />
          <IconButton look="tool" icon="minus" label={t('map.out')} onClick={() => map.current?.zoomBy(-1)} />
        </div>
        <IconButton
          look="tool"
          icon="map"
          label={t('map.home')}
          onClick={() => lookAt({ ...startView(config), isExact: true })}
        />
        <IconButton
          look="tool"
          icon="target"
          label={t('map.follow')}
          isPressed={follows.value}
          onClick={() => setFollows(!follows.peek())}
        />
        <LayersCard />
      </div>
    </section>
  );
}
