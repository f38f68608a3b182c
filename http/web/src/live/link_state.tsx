/// Live, reconnecting, or stale since when: always on the screen, never more hopeful than the facts.

import { effect } from '@preact/signals';
import { time } from '../i18n/format';
import { t } from '../i18n';
import { now } from '../now';
import { Icon } from '../design/icons';
import { isStale, lastFrameAt, link, reconnectNow } from './socket';

effect(() => {
  document.documentElement.toggleAttribute('data-stale', isStale.value);
});

/// The sentence of the moment; `said` is what a screen reader hears, without the seconds that tick.
function sentences(): { shown: string; said: string } {
  const is = link.value;
  const since = lastFrameAt.value === null ? '' : time(lastFrameAt.peek() ?? 0, 'clockSeconds');
  switch (is.is) {
    case 'live':
      return { shown: t('link.live'), said: t('link.live') };
    case 'connecting':
      return { shown: t('link.connecting'), said: t('link.connecting') };
    case 'silent':
      return { shown: t('link.stale', { since }), said: t('link.stale', { since }) };
    case 'reconnecting': {
      void now.value; // Counts down with it; the wait itself is by our own clock.
      const seconds = Math.max(0, Math.ceil((is.at - Date.now()) / 1000));
      const shown = seconds > 0 ? t('link.reconnecting', { seconds }) : t('link.trying');
      return { shown, said: t('link.lost') };
    }
  }
}

export function LinkState() {
  const is = link.value.is;
  const { shown, said } = sentences();
  const since = isStale.value ? time(lastFrameAt.value ?? 0, 'clockSeconds') : '';
  return (
    <div class="link" data-is={is} data-testid="link">
      <span class="link-light" aria-hidden="true" />
      <span aria-hidden="true">
        {shown}
        {is !== 'silent' && since && <span class="link-since">{t('link.stale', { since })}</span>}
      </span>
      <span class="visually-hidden" role="status">
        {said} {since && t('link.stale', { since })}
      </span>
      {is === 'reconnecting' && (
        <button class="icon-button" onClick={reconnectNow} aria-label={t('link.now')} title={t('link.now')}>
          <Icon name="again" size={16} />
        </button>
      )}
    </div>
  );
}
