/// The colours of design/tokens.css as the canvas needs them: resolved for the theme of the moment.

const names = [
  'online',
  'degraded-mark',
  'offline',
  'maintenance',
  'ground',
  'surface',
  'ink',
  'ink-soft',
  'line-colour',
  'accent',
  'map-sea',
  'map-land',
  'map-nepal',
  'map-border',
  'map-outline',
  'map-grid',
  'map-place',
] as const;

export type ColourName = (typeof names)[number];
export type Palette = Record<ColourName, string>;

export function readPalette(): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const palette = {} as Palette;
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    palette[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return palette;
}
