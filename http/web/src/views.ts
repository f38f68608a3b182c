/// Which views there are and who sees them. The map is one; the others are the office, loaded when wanted.

import { maySee } from './api/session';
import type { IconName } from './design/icons';
import { hrefOf, type OfficeView } from './routes';

interface View {
  view: OfficeView;
  icon: IconName;
  isOpen: () => boolean;
}

const all: readonly View[] = [
  { view: 'rentals', icon: 'receipt', isOpen: () => maySee('rentals.override') },
  { view: 'banks', icon: 'battery', isOpen: () => maySee('fleet.write') },
  { view: 'issues', icon: 'warning', isOpen: () => maySee('issues.manage') },
  { view: 'pricing', icon: 'tag', isOpen: () => maySee('pricing.write') },
  { view: 'cabinets', icon: 'plug', isOpen: () => maySee('stations.write') },
  { view: 'history', icon: 'clock', isOpen: () => maySee('stations.write') || maySee('audit.read') },
];

export const openViews = (): readonly View[] => all.filter((each) => each.isOpen());

export const isOpenView = (view: OfficeView): boolean => openViews().some((each) => each.view === view);

/// Where somebody begins to whom the map is closed.
export function firstHref(): string | null {
  const [first] = openViews();
  return first ? hrefOf.office(first.view) : null;
}
