/// The side of the map: search and filters, then what lies in view as a list, or what has just happened.

import { Feed } from './feed/feed';
import { FiltersBar } from './filters/filters_bar';
import { SavedViews } from './filters/saved_views';
import { t } from './i18n';
import { whole } from './i18n/format';
import { scene } from './live/feeds';
import { InView } from './map/in_view';
import { pane, type Pane } from './top_bar';

const tabs = ['list', 'events'] as const;

function onArrow(event: KeyboardEvent): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  pane.value = pane.peek() === 'events' ? 'list' : 'events';
  document.getElementById(`tab-${pane.peek()}`)?.focus();
}

function totalInView(): number {
  let total = scene.value.stations.size;
  for (const each of scene.value.clusters.values()) total += each.count;
  return total;
}

export function Side() {
  const shown: Pane = pane.value === 'events' ? 'events' : 'list';
  return (
    <aside class="side" aria-label={t('side')}>
      <div class="side-filters">
        <FiltersBar />
        <SavedViews />
      </div>
      <div class="tabs" role="tablist" aria-label={t('side.tabs')} onKeyDown={onArrow}>
        {tabs.map((each) => (
          <button
            key={each}
            id={`tab-${each}`}
            type="button"
            role="tab"
            aria-selected={shown === each}
            aria-controls="side-panel"
            tabIndex={shown === each ? 0 : -1}
            onClick={() => {
              pane.value = each;
            }}
          >
            {t(`nav.${each}`)}
            {each === 'list' && <span class="count">{whole(totalInView())}</span>}
          </button>
        ))}
      </div>
      <div class="side-panel" id="side-panel" role="tabpanel" aria-labelledby={`tab-${shown}`} tabIndex={0}>
        {shown === 'list' ? <InView /> : <Feed />}
      </div>
    </aside>
  );
}
