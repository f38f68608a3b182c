/// What is on every view: where one can go, whether what is shown is live, who is signed in.

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { maySeeStations, me, signOut } from './api/session';
import { sentenceOf } from './design/refusal';
import { Brand, Icon } from './design/icons';
import { toast } from './design/toasts';
import { t, word } from './i18n';
import { LinkState } from './live/link_state';
import { Preferences } from './preferences';
import { hrefOf, route } from './routes';
import { openViews } from './views';

/// Which part of the map's view a small screen shows; a wide one shows all and takes it as the side's tab.
export type Pane = 'map' | 'list' | 'events';
export const pane = signal<Pane>('map');

function closeOnLeave(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}

interface MenuProps {
  label: string;
  class: string;
  summary: ComponentChildren;
  children: ComponentChildren;
}

/// Opens below or above its button; whatever happens elsewhere closes it.
function Menu({ label, class: look, summary, children }: MenuProps) {
  const menu = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const onPress = (event: Event): void => {
      if (menu.current?.open && !menu.current.contains(event.target as Node)) menu.current.open = false;
    };
    const onMove = (): void => {
      if (menu.current) menu.current.open = false;
    };
    addEventListener('pointerdown', onPress);
    addEventListener('hashchange', onMove);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('hashchange', onMove);
    };
  }, []);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    menu.current.open = false;
    menu.current.querySelector('summary')?.focus();
  };
  return (
    <details class="menu" ref={menu} onFocusOut={closeOnLeave} onKeyDown={onKey}>
      <summary class={look} aria-label={label}>
        {summary}
      </summary>
      <div class="menu-body">{children}</div>
    </details>
  );
}

function AccountMenu() {
  const operator = me.value?.operator;
  return (
    <Menu label={t('account')} class="icon-button" summary={<Icon name="person" />}>
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
    </Menu>
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
        {openViews().map((each) => (
          <a key={each.view} href={hrefOf.office(each.view)} aria-current={here(view === each.view)}>
            {t(`nav.${each.view}`)}
          </a>
        ))}
      </nav>
      <div class="top-end">
        {maySeeStations.value && <LinkState />}
        <AccountMenu />
      </div>
    </header>
  );
}

/// So many places has the bar of a small screen; the map's three panes are among them.
const panesMax = 5;
const besidePanes = panesMax - 3;

/// On small screens, within a thumb's reach; what is too many for it is in a menu.
export function BottomBar() {
  const view = route.value.view;
  const isMap = view === 'map';
  const besides = maySeeStations.value ? besidePanes : panesMax;
  const views = openViews();
  const shown = views.length > besides ? views.slice(0, besides - 1) : views;
  const more = views.slice(shown.length);
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
      {shown.map((each) => (
        <a
          key={each.view}
          href={hrefOf.office(each.view)}
          aria-current={view === each.view ? 'page' : undefined}
        >
          <Icon name={each.icon} size={22} />
          {t(`nav.${each.view}`)}
        </a>
      ))}
      {more.length > 0 && (
        <Menu
          label={t('nav.more')}
          class={more.some((each) => each.view === view) ? 'bottom-more here' : 'bottom-more'}
          summary={
            <>
              <Icon name="list" size={22} />
              {t('nav.more')}
            </>
          }
        >
          {more.map((each) => (
            <a
              key={each.view}
              href={hrefOf.office(each.view)}
              aria-current={view === each.view ? 'page' : undefined}
            >
              <Icon name={each.icon} size={18} />
              {t(`nav.${each.view}`)}
            </a>
          ))}
        </Menu>
      )}
    </nav>
  );
}
