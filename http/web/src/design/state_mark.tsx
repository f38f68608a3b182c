/// The four states by colour and shape: disk, triangle, crossed square, diamond with a pause sign. The map
/// draws the same (map/sprites.ts).

import type { JSX } from 'preact';
import type { StationState } from '../contract';
import { word } from '../i18n';

const shapes: Record<StationState, JSX.Element> = {
  ONLINE: <circle cx="10" cy="10" r="6.5" />,
  DEGRADED: <path d="M10 2.5 18 16.5H2Z" />,
  OFFLINE: (
    <>
      <rect x="3" y="3" width="14" height="14" rx="1.5" />
      <path class="cut" d="M6.8 6.8l6.4 6.4M13.2 6.8l-6.4 6.4" />
    </>
  ),
  MAINTENANCE: (
    <>
      <path d="M10 1.5 18.5 10 10 18.5 1.5 10Z" />
      <path class="cut" d="M8.2 7.2v5.6M11.8 7.2v5.6" />
    </>
  ),
};

interface Props {
  state: StationState;
  size?: number;
  /// Says its name itself; leave it out where the word stands beside it.
  isNamed?: boolean;
}

export function StateMark({ state, size = 16, isNamed = false }: Props) {
  const name = isNamed
    ? { role: 'img' as const, 'aria-label': word('state', state) }
    : { 'aria-hidden': true };
  return (
    <svg class="state-mark" data-state={state} viewBox="0 0 20 20" width={size} height={size} {...name}>
      {shapes[state]}
    </svg>
  );
}
