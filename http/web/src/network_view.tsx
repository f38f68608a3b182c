/// The network: counters, filters, list and feed at the side, the map, and the open station's panel.

import { useEffect } from 'preact/hooks';
import type { PageConfig } from './contract';
import { AlarmVoice } from './feed/feed';
import { Counters } from './counters';
import { Side } from './side';
import { MapView } from './map/map_view';
import { StationPanel } from './panel/station_panel';
import { pane } from './top_bar';
import { t } from './i18n';

export function NetworkView({ config, sn }: { config: PageConfig; sn: string | null }) {
  useEffect(() => {
    if (!sn) document.title = `${t('nav.map')} · ${t('name')}`;
  }, [sn]);
  return (
    <main id="main" class="network" data-pane={pane.value} data-open={sn ? '' : undefined}>
      <h1 class="visually-hidden">{t('nav.map')}</h1>
      <AlarmVoice />
      <Counters />
      <Side />
      <MapView config={config} />
      {sn && <StationPanel key={sn} sn={sn} />}
    </main>
  );
}
