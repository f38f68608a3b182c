/// MapLibre, told what to show. Stations and clusters are two dozen bytes of feature each and a few hundred
/// shared images; nothing in the DOM grows with the number of stations.

import {
  AttributionControl,
  Map as GlMap,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type MapGeoJSONFeature,
  type MapMouseEvent,
  type StyleSpecification,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import type { Bounds, LayerName, LayerPoint, Marker, Pulse } from '../contract';
import { prefersStillness } from '../design/theme';
import type { Scene } from '../live/scene';
import { featuresOf, nameOf, stationFeature, type ImageSpec, type ItemProperties } from './items';
import { layerNames, overlayLayer, pointsOf, sourceOf } from './overlays';
import type { Palette } from './palette';
import { PulseCanvas } from './pulses';
import { drawImage, pixelRatio } from './sprites';

setWorkerUrl(workerUrl);

const nothing = { type: 'FeatureCollection' as const, features: [] };
/// Images no feature uses are let go beyond this many.
const imagesMax = 1_500;
const overview = 4;

export interface MapEvents {
  moved: (map: NetworkMap) => void;
  picked: (item: ItemProperties, at: [number, number]) => void;
  pointed: (item: ItemProperties | null, x: number, y: number) => void;
}

export interface Start {
  container: HTMLElement;
  style: StyleSpecification | string;
  center: [number, number];
  zoom: number;
  label: string;
}

export class NetworkMap {
  private readonly map: GlMap;
  private readonly rings: PulseCanvas;
  private readonly specs = new Map<string, ImageSpec>();
  private scene: Scene | null = null;
  private chosen: Marker | null = null;
  private isReady = false;
  private isDrawing = false;
  private isDue = false;
  private style = 0;
  private overlays = new Map<LayerName, readonly LayerPoint[]>();

  constructor(
    start: Start,
    private colours: Palette,
    private digits: (n: number) => string,
    private readonly tell: MapEvents,
  ) {
    this.map = new GlMap({
      container: start.container,
      style: start.style,
      center: start.center,
      zoom: start.zoom,
      minZoom: overview,
      maxZoom: 18,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: prefersStillness() ? 0 : 150,
      maxPitch: 0,
      trackResize: false,
      locale: { 'Map.Title': start.label },
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.addControl(new ScaleControl({ maxWidth: 90 }), 'bottom-right');
    if (typeof start.style === 'string') {
      // Tiles want their credit.
      this.map.addControl(new AttributionControl({ compact: true }), 'bottom-right');
    }
    this.rings = new PulseCanvas(this.map);
    this.colourRings();
    this.map.on('style.load', () => this.dress());
    this.map.on('moveend', () => tell.moved(this));
    this.map.on('click', 'items', (event) => this.onClick(event));
    this.map.on('mousemove', 'items', (event) => this.onPoint(event));
    this.map.on('mouseleave', 'items', () => this.onLeave());
  }

  private colourRings(): void {
    this.rings.colours = { calm: this.colours.accent, alarm: this.colours.offline };
  }

  private onClick(event: MapMouseEvent & { features?: MapGeoJSONFeature[] }): void {
    const item = event.features?.[0];
    if (item?.geometry.type !== 'Point') return;
    const [lng = 0, lat = 0] = item.geometry.coordinates;
    this.tell.picked(item.properties as ItemProperties, [lng, lat]);
  }

  private onPoint(event: MapMouseEvent & { features?: MapGeoJSONFeature[] }): void {
    const item = event.features?.[0];
    this.map.getCanvas().style.cursor = item ? 'pointer' : '';
    this.tell.pointed((item?.properties as ItemProperties | undefined) ?? null, event.point.x, event.point.y);
  }

  private onLeave(): void {
    this.map.getCanvas().style.cursor = '';
    this.tell.pointed(null, 0, 0);
  }

  /// Our sources and layers on top of whatever style there is; again after each change of style.
  private dress(): void {
    this.isReady = true;
    const source = { type: 'geojson' as const, data: nothing };
    for (const name of layerNames) {
      this.map.addSource(sourceOf(name), { ...source, data: pointsOf(this.overlays.get(name) ?? []) });
    }
    this.map.addSource('items', source);
    this.map.addLayer(overlayLayer('demand', this.colours));
    this.map.addLayer(overlayLayer('low_stock', this.colours));
    this.map.addLayer(overlayLayer('rentals', this.colours));
    const always = { 'icon-allow-overlap': true } as const; // Names of places give way.
    this.map.addLayer({
      id: 'items',
      type: 'symbol',
      source: 'items',
      layout: { ...always, 'icon-image': ['get', 'image'], 'symbol-sort-key': ['get', 'order'] },
    });
    this.map.addLayer({
      id: 'badges',
      type: 'symbol',
      source: 'items',
      filter: ['!=', ['get', 'badge'], ''],
      layout: { ...always, 'icon-image': ['get', 'badge'], 'icon-offset': [0, 24] },
    });
    this.map.addLayer({
      id: 'issues',
      type: 'symbol',
      source: 'items',
      filter: ['!=', ['get', 'issue'], ''],
      layout: { ...always, 'icon-image': ['get', 'issue'], 'icon-offset': [13, -13] },
    });
    this.dressChosen(always);
    this.draw();
  }

  /// The chosen station is shown on its own, also where it is part of a cluster.
  private dressChosen(layout: { 'icon-allow-overlap': true }): void {
    this.map.addSource('chosen', { type: 'geojson', data: nothing });
    this.map.addLayer({
      id: 'chosen-halo',
      type: 'circle',
      source: 'chosen',
      paint: {
        'circle-radius': 24,
        'circle-color': this.colours.accent,
        'circle-opacity': 0.22,
        'circle-stroke-color': this.colours.accent,
        'circle-stroke-width': 3,
      },
    });
    this.map.addLayer({
      id: 'chosen',
      type: 'symbol',
      source: 'chosen',
      layout: { ...layout, 'icon-image': ['get', 'image'] },
    });
    this.map.addLayer({
      id: 'chosen-badge',
      type: 'symbol',
      source: 'chosen',
      layout: { ...layout, 'icon-image': ['get', 'badge'], 'icon-offset': [0, 24] },
    });
  }

  /// One drawing at a time: a slow machine skips what is already old instead of never finishing.
  private draw(): void {
    this.isDue = true;
    if (!this.isDrawing) void this.drawWhileDue(this.style);
  }

  /// A drawing of an earlier style may never end: its sources are gone. Nobody waits for it.
  private async drawWhileDue(style: number): Promise<void> {
    this.isDrawing = true;
    while (this.isDue && style === this.style) {
      this.isDue = false;
      await this.drawOnce().catch(() => undefined);
    }
    if (style === this.style) this.isDrawing = false;
  }

  private async drawOnce(): Promise<void> {
    if (!this.isReady || !this.scene) return;
    const used = new Set<string>();
    const features = featuresOf(this.scene, this.digits, (image) => this.want(image, used));
    const source = this.map.getSource('items') as GeoJSONSource | undefined;
    const chosen = this.chosen ? [stationFeature(this.chosen, (image) => this.want(image, used))] : [];
    const shown = this.map.getSource('chosen') as GeoJSONSource | undefined;
    const collection = 'FeatureCollection' as const;
    await Promise.all([
      source?.setData({ type: collection, features }),
      shown?.setData({ type: collection, features: chosen }),
    ]);
    this.map.getContainer().dataset.items = String(features.length);
    if (this.specs.size > imagesMax) this.letGo(used);
  }

  private want(image: ImageSpec, used: Set<string>): string {
    const name = nameOf(image);
    used.add(name);
    if (!this.specs.has(name)) {
      this.specs.set(name, image);
      this.map.addImage(name, drawImage(image, this.colours, this.digits), { pixelRatio });
    }
    return name;
  }

  private letGo(used: ReadonlySet<string>): void {
    for (const name of this.specs.keys()) {
      if (used.has(name)) continue;
      this.specs.delete(name);
      this.map.removeImage(name);
    }
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.draw();
  }

  choose(station: Marker | null): void {
    this.chosen = station;
    this.draw();
  }

  lay(name: LayerName, points: readonly LayerPoint[]): void {
    this.overlays.set(name, points);
    const source = this.isReady
      ? (this.map.getSource(sourceOf(name)) as GeoJSONSource | undefined)
      : undefined;
    void source?.setData(pointsOf(points));
  }

  pulse(pulses: readonly Pulse[]): void {
    this.rings.add(pulses);
  }

  /// Another theme or language: everything is drawn anew.
  restyle(style: StyleSpecification | string, colours: Palette): void {
    this.colours = colours;
    this.colourRings();
    this.isReady = false;
    this.isDrawing = false;
    ++this.style;
    delete this.map.getContainer().dataset.items;
    this.specs.clear();
    this.map.setStyle(style, { diff: false });
  }

  goTo(center: [number, number], zoom?: number): void {
    const target = { center, zoom: Math.max(this.map.getZoom(), zoom ?? 0) };
    if (prefersStillness()) this.map.jumpTo(target);
    else this.map.flyTo({ ...target, speed: 1.8, maxDuration: 1800 });
  }

  setView(center: [number, number], zoom: number): void {
    if (prefersStillness()) this.map.jumpTo({ center, zoom });
    else this.map.flyTo({ center, zoom, speed: 1.8, maxDuration: 1800 });
  }

  zoomBy(steps: number): void {
    this.map.zoomTo(this.map.getZoom() + steps, { duration: prefersStillness() ? 0 : 250 });
  }

  get center(): [number, number] {
    const { lng, lat } = this.map.getCenter();
    return [lng, lat];
  }

  get zoom(): number {
    return this.map.getZoom();
  }

  /// A little more than is seen, so that a short pan meets no edge.
  get bounds(): Bounds {
    const seen = this.map.getBounds();
    const [south, west, north, east] = [seen.getSouth(), seen.getWest(), seen.getNorth(), seen.getEast()];
    const [tall, wide] = [(north - south) * 0.1, (east - west) * 0.1];
    return [
      Math.max(-85, south - tall),
      Math.max(-180, west - wide),
      Math.min(85, north + tall),
      Math.min(180, east + wide),
    ];
  }

  /// A map that is not shown keeps its size, and what it looks at.
  resize(): void {
    const { clientWidth, clientHeight } = this.map.getContainer();
    if (clientWidth > 0 && clientHeight > 0) this.map.resize();
  }

  shows([lng, lat]: [number, number]): boolean {
    return this.map.getBounds().contains([lng, lat]);
  }

  remove(): void {
    this.rings.remove();
    this.map.remove();
  }
}
