/// The page: who is not signed in signs in; who is sees the view the address names.

import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { pageConfig } from './api/calls';
import { maySeeRentals, maySeeStations, restore, stage } from './api/session';
import type { PageConfig } from './contract';
import { Toasts } from './design/toasts';
import { Brand } from './design/icons';
import { language, t } from './i18n';
import { watchNetwork } from './live/feeds';
import { connect } from './live/socket';
import { NetworkView } from './network_view';
import { RentalDetail } from './rentals/detail';
import { RentalList } from './rentals/list';
import { go, hrefOf, route } from './routes';
import { Reauthenticate } from './sign_in/reauthenticate';
import { SignIn } from './sign_in/sign_in';
import { BottomBar, TopBar } from './top_bar';

effect(() => {
  document.documentElement.lang = language.value;
});

const defaultConfig: PageConfig = {
  tile_style_url: null,
  time_zone: 'Asia/Kathmandu',
  languages: ['en', 'ne'],
  start_view: { lat: 28.3, lng: 84.1, zoom: 6.3 },
  version: '',
};

function View({ config }: { config: PageConfig }) {
  const where = route.value;
  if (where.view === 'map' && maySeeStations.value) return <NetworkView config={config} sn={where.sn} />;
  if (where.view === 'rental' && maySeeRentals.value) return <RentalDetail key={where.id} id={where.id} />;
  if (where.view === 'rentals' && maySeeRentals.value) return <RentalList search={where.search} />;
  return (
    <main id="main" class="empty-view">
      <h1>{t('forbidden.title')}</h1>
      <p>{t('forbidden.text')}</p>
    </main>
  );
}

function SignedIn({ config }: { config: PageConfig }) {
  useEffect(() => {
    if (!maySeeStations.peek()) {
      if (maySeeRentals.peek() && route.peek().view === 'map') go(hrefOf.rentals());
      return;
    }
    const stopWatching = watchNetwork();
    const disconnect = connect();
    return () => {
      stopWatching();
      disconnect();
    };
  }, [maySeeStations.value]);
  return (
    <div class="shell">
      <a class="skip-link" href="#main" onClick={skip}>
        {t('skip')}
      </a>
      <TopBar />
      <View config={config} />
      <BottomBar />
      <Reauthenticate />
      <Toasts />
    </div>
  );
}

/// The hash is the route, so the link moves the focus and leaves the address alone.
function skip(event: Event): void {
  event.preventDefault();
  const target = document.getElementById('main');
  target?.setAttribute('tabindex', '-1');
  target?.focus();
}

export function App() {
  const [config, setConfig] = useState(defaultConfig);
  const [isUnreachable, setUnreachable] = useState(false);
  const start = (): void => {
    setUnreachable(false);
    pageConfig().then(setConfig, () => undefined);
    restore().catch(() => setUnreachable(stage.peek() === 'unknown'));
  };
  useEffect(start, []);
  switch (stage.value) {
    case 'signed-in':
      return <SignedIn config={config} />;
    case 'signed-out':
      return <SignIn />;
    case 'unknown':
      return (
        <main class="splash" id="main">
          <Brand />
          <h1 class="visually-hidden">{t('name')}</h1>
          <p role="status">{isUnreachable ? t('error.unreachable') : t('loading')}</p>
          {isUnreachable && (
            <button class="button" onClick={start}>
              {t('retry')}
            </button>
          )}
        </main>
      );
  }
}
