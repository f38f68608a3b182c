/// The page: who is not signed in signs in; who is sees the view the address names.

import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { pageConfig } from './api/calls';
import { maySeeStations, restore, stage } from './api/session';
import type { PageConfig } from './contract';
import { Toasts } from './design/toasts';
import { Brand } from './design/icons';
import { language, t } from './i18n';
import { watchNetwork } from './live/feeds';
import { connect } from './live/socket';
import { NetworkView } from './network_view';
import { go, route, type OfficeRoute } from './routes';
import { Reauthenticate } from './sign_in/reauthenticate';
import { SignIn } from './sign_in/sign_in';
import { BottomBar, TopBar } from './top_bar';
import { firstHref, isOpenView } from './views';

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

/// The tables are a part of the page of their own: who looks at the map does not load them.
function Office({ where }: { where: OfficeRoute }) {
  const [part, setPart] = useState<typeof import('./office') | null>(null);
  const [isLost, setLost] = useState(false);
  const load = (): void => {
    setLost(false);
    import('./office').then(setPart, () => setLost(true));
  };
  useEffect(load, []);
  if (part) return <part.OfficeView where={where} />;
  return (
    <main id="main" class="empty-view">
      <p role="status">{isLost ? t('error.unreachable') : t('loading')}</p>
      {isLost && (
        <button type="button" class="button" onClick={load}>
          {t('retry')}
        </button>
      )}
    </main>
  );
}

function View({ config }: { config: PageConfig }) {
  const where = route.value;
  if (where.view === 'map') {
    if (maySeeStations.value) return <NetworkView config={config} sn={where.sn} />;
  } else if (isOpenView(where.view)) {
    return <Office where={where} />;
  }
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
      const first = firstHref();
      if (first && route.peek().view === 'map') go(first);
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
