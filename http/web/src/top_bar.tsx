/// What is on every view: where one can go, whether what is shown is live, who is signed in.

import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { maySeeRentals, maySeeStations, me, signOut } from './api/session';
import { sentenceOf } from './design/dialog';
import { Brand, Icon } from './design/icons';
import { toast } from './design/toasts';
import { t, word } from './i18n';
import { LinkState } from './live/link_state';
import { Preferences } from './preferences';
import { hrefOf, route } from './routes';

/// Which part of the map's view a small screen shows; a wide one shows all and takes it as the side's tab.
export type Pane = 'map' | 'list' | 'events';
export const pane = signal<Pane>('map');

function closeOnLeave(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}

function AccountMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const operator = me.value?.operator;
  useEffect(() => {
    const onPress = (event: Event): void => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    addEventListener('pointerdown', onPress);
    return () => removeEventListener('pointerdown', onPress);
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  return (
    <details class="menu" ref={menu} onFocusOut={closeOnLeave} onKeyDown={onKey}>
      <summary class="icon-button" aria-label={t('account')}>
        <Icon name="person" />
      </summary>
      <div class="menu-body">
        <p class="menu-who">
          <strong>{operator?.name || operator?.email}</strong>
          <span>{operator?.email}</span>
          <span class="tag">{word('role', operator?.role ?? '')}</span>
        </p>
        <Preferences />
        <button
          type="button"
          class="button wide"
          onClick={() => void signOut().catch((why) => toast(sentenceOf(why), true))}
        >
          <Icon name="leave" />
          {t('signout')}
        </button>
      </div>
    </details>
  );
}

export function TopBar() {
  const view = route.value.view;
  const here = (is: boolean): 'page' | undefined => (is ? 'page' : undefined);
  return (
    <header class="top">
      <a class="brand" href={hrefOf.map}>
        <Brand />
        <span>{t('name')}</span>
      </a>
      <nav class="top-nav" aria-label={t('nav')}>
        {maySeeStations.value && (
          <a href={hrefOf.map} aria-current={here(view === 'map')}>
            {t('nav.map')}
          </a>
        )}
        {maySeeRentals.value && (
          <a href={hrefOf.rentals()} aria-current={here(view !== 'map')}>
            {t('nav.rentals')}
          </a>
        )}
      </nav>
      <div class="top-end">
        {maySeeStations.value && <LinkState />}
        <AccountMenu />
      </div>
    </header>
  );
}

/// On small screens, within a thumb's reach.
export function BottomBar() {
  const isMap = route.value.view === 'map';
  const panes = [
    ['map', 'map'],
    ['list', 'list'],
    ['events', 'bell'],
  ] as const;
  return (
    <nav class="bottom" aria-label={t('nav.small')}>
      {maySeeStations.value &&
        panes.map(([name, icon]) => (
          <a
            key={name}
            href={hrefOf.map}
            onClick={() => {
              pane.value = name;
            }}
            aria-current={isMap && pane.value === name ? 'page' : undefined}
          >
            <Icon name={icon} size={22} />
            {t(`nav.${name}`)}
          </a>
        ))}
      {maySeeRentals.value && (
        <a href={hrefOf.rentals()} aria-current={isMap ? undefined : 'page'}>
          <Icon name="receipt" size={22} />
          {t('nav.rentals')}
        </a>
      )}
    </nav>
  );
}
