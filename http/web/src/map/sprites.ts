/// The map's images, drawn on a canvas as they are needed: no glyphs and no sprite sheet are ever loaded.

import type { StationState } from '../contract';
import { fillSteps, ringParts, type ImageSpec } from './items';
import type { ColourName, Palette } from './palette';

export const pixelRatio = 2;
const font = 'system-ui, "Noto Sans", "Noto Sans Devanagari", sans-serif';
const turn = 2 * Math.PI;
const top = -turn / 4;

type Pen = CanvasRenderingContext2D;

const colourOf: Record<StationState, ColourName> = {
  ONLINE: 'online',
  DEGRADED: 'degraded-mark',
  OFFLINE: 'offline',
  MAINTENANCE: 'maintenance',
};

function sheet(width: number, height: number, draw: (pen: Pen) => void): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = width * pixelRatio;
  canvas.height = height * pixelRatio;
  const pen = canvas.getContext('2d')!;
  pen.scale(pixelRatio, pixelRatio);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function disk(pen: Pen, x: number, y: number, radius: number, colour: string): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, turn);
  pen.fillStyle = colour;
  pen.fill();
}

function arc(
  pen: Pen,
  middle: number,
  radius: number,
  from: number,
  to: number,
  width: number,
  colour: string,
) {
  pen.beginPath();
  pen.arc(middle, middle, radius, top + from * turn, top + to * turn);
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.stroke();
}

/// The sign of a state around (0, 0), about 14 across. The same four as in design/state_mark.tsx.
function sign(pen: Pen, state: StationState, colour: string, paper: string): void {
  pen.fillStyle = colour;
  pen.strokeStyle = paper;
  pen.lineWidth = 2;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  const path = (...points: [number, number][]): void => {
    pen.beginPath();
    points.forEach(([x, y], index) => (index ? pen.lineTo(x, y) : pen.moveTo(x, y)));
  };
  switch (state) {
    case 'ONLINE':
      return disk(pen, 0, 0, 6.5, colour);
    case 'DEGRADED':
      path([0, -7], [7.5, 6], [-7.5, 6]);
      pen.closePath();
      return pen.fill();
    case 'OFFLINE':
      pen.fillRect(-6.5, -6.5, 13, 13);
      path([-3, -3], [3, 3]);
      pen.stroke();
      path([3, -3], [-3, 3]);
      return pen.stroke();
    case 'MAINTENANCE':
      path([0, -8], [8, 0], [0, 8], [-8, 0]);
      pen.closePath();
      pen.fill();
      path([-1.8, -2.6], [-1.8, 2.6]);
      pen.stroke();
      path([1.8, -2.6], [1.8, 2.6]);
      return pen.stroke();
  }
}

function drawStation(state: StationState, fill: number, colours: Palette): ImageData {
  const middle = 19;
  return sheet(38, 38, (pen) => {
    pen.shadowColor = 'rgb(0 0 0 / 35%)';
    pen.shadowBlur = 3;
    disk(pen, middle, middle, 16, colours.surface);
    pen.shadowColor = 'transparent';
    arc(pen, middle, 13.6, 0, 1, 3.4, colours['line-colour']);
    if (fill > 0) arc(pen, middle, 13.6, 0, fill / fillSteps, 3.4, colours['ink-soft']);
    pen.translate(middle, middle);
    sign(pen, state, colours[colourOf[state]], colours.surface);
  });
}

function cell(pen: Pen, text: string, x: number, width: number, colour: string): void {
  pen.fillStyle = colour;
  pen.fillText(text, x + width / 2, 8.5);
}

function drawBadge(rentable: string, free: string, colours: Palette): ImageData {
  const cellWidth = (text: string): number => (text.length > 1 ? 19 : 14);
  const left = cellWidth(rentable);
  const right = cellWidth(free);
  return sheet(left + right + 2, 17, (pen) => {
    pen.beginPath();
    pen.roundRect(1, 1, left + right, 15, 4);
    pen.fillStyle = colours.surface;
    pen.fill();
    pen.save();
    pen.clip();
    pen.fillStyle = colours.ink;
    pen.fillRect(1, 1, left, 15);
    pen.restore();
    pen.lineWidth = 1;
    pen.strokeStyle = colours.ink;
    pen.stroke();
    pen.font = `600 10.5px ${font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    cell(pen, rentable, 1, left, colours.surface);
    cell(pen, free, 1 + left, right, colours.ink);
  });
}

function drawIssue(isGrave: boolean, colours: Palette): ImageData {
  return sheet(18, 18, (pen) => {
    disk(pen, 9, 9, 8.5, colours.surface);
    disk(pen, 9, 9, 7, isGrave ? colours.offline : colours['degraded-mark']);
    pen.fillStyle = colours.surface;
    pen.font = `800 11px ${font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(isGrave ? '!!' : '!', 9, 9.5);
  });
}

const clusterRadii = [17, 21, 25, 29] as const;
/// What is wrong stands out of the ring, so that it is seen without its colour too.
const ringWidths = [4, 6, 8, 5] as const;

function drawCluster(size: number, parts: readonly number[], label: string, colours: Palette): ImageData {
  const radius = clusterRadii[size] ?? clusterRadii[0];
  const middle = radius + 5;
  const ring = [colours.online, colours['degraded-mark'], colours.offline, colours.maintenance];
  return sheet(2 * middle, 2 * middle, (pen) => {
    pen.shadowColor = 'rgb(0 0 0 / 30%)';
    pen.shadowBlur = 4;
    disk(pen, middle, middle, radius, colours.surface);
    pen.shadowColor = 'transparent';
    const gap = parts.filter((each) => each > 0).length > 1 ? 1.2 / (turn * radius) : 0;
    let from = 0;
    parts.forEach((part, index) => {
      if (part === 0) return;
      const width = ringWidths[index] ?? 4;
      const to = from + part / ringParts;
      arc(pen, middle, radius - 3 + width / 2, from + gap, to - gap, width, ring[index] ?? colours.ink);
      from = to;
    });
    pen.fillStyle = colours.ink;
    pen.font = `650 ${label.length > 3 ? 12 : 13}px ${font}`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(label, middle, middle + 0.5);
  });
}

/// `digits` writes a number as the page's language does.
export function drawImage(image: ImageSpec, colours: Palette, digits: (count: number) => string): ImageData {
  switch (image.is) {
    case 'station':
      return drawStation(image.state, image.fill, colours);
    case 'badge':
      return drawBadge(digits(image.rentable), digits(image.free), colours);
    case 'issue':
      return drawIssue(image.isGrave, colours);
    case 'cluster':
      return drawCluster(image.size, image.parts, image.label, colours);
  }
}
