/// Rings that spread where something has just happened: one canvas over the map, drawn only while a ring
/// lives. Who prefers stillness sees a ring that stands and goes.

import type { Map as GlMap } from 'maplibre-gl';
import type { Pulse } from '../contract';
import { prefersStillness } from '../design/theme';

const lifeMilliseconds = 1_600;
const pulsesMax = 40;

interface LivePulse extends Pulse {
  born: number;
}

const alarming = new Set([
  'rental.eject_failed',
  'rental.uncertain',
  'station.offline',
  'slot.fault',
  'cabinet.over_temperature',
  'cabinet.tampered',
  'cabinet.power_lost',
  'bank.missing',
]);

export class PulseCanvas {
  private readonly canvas = document.createElement('canvas');
  private live: LivePulse[] = [];
  private frame = 0;
  colours = { calm: '', alarm: '' };

  constructor(private readonly map: GlMap) {
    this.canvas.className = 'map-pulses';
    this.canvas.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(this.canvas);
  }

  add(pulses: readonly Pulse[]): void {
    if (document.hidden) return;
    const born = performance.now();
    this.live = [...this.live, ...pulses.map((each) => ({ ...each, born }))].slice(-pulsesMax);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  private fit(): CanvasRenderingContext2D {
    const { clientWidth: width, clientHeight: height } = this.map.getCanvas();
    const ratio = Math.min(devicePixelRatio, 2);
    if (this.canvas.width !== width * ratio || this.canvas.height !== height * ratio) {
      this.canvas.width = width * ratio;
      this.canvas.height = height * ratio;
    }
    const pen = this.canvas.getContext('2d')!;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    return pen;
  }

  private draw(): void {
    const now = performance.now();
    this.live = this.live.filter((each) => now - each.born < lifeMilliseconds);
    const pen = this.fit();
    const stands = prefersStillness();
    for (const each of this.live) {
      const part = (now - each.born) / lifeMilliseconds;
      const isAlarm = alarming.has(each.kind);
      const { x, y } = this.map.project([each.lng, each.lat]);
      pen.globalAlpha = (stands ? 0.9 : (1 - part) ** 1.5) * (isAlarm ? 1 : 0.7);
      pen.lineWidth = isAlarm ? 4 : 2;
      pen.strokeStyle = isAlarm ? this.colours.alarm : this.colours.calm;
      pen.beginPath();
      pen.arc(x, y, stands ? 22 : 16 + (isAlarm ? 34 : 22) * part, 0, 2 * Math.PI);
      pen.stroke();
    }
    this.frame = this.live.length > 0 ? requestAnimationFrame(() => this.draw()) : 0;
  }

  remove(): void {
    cancelAnimationFrame(this.frame);
    this.canvas.remove();
  }
}
