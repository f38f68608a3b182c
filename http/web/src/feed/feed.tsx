/// What has just happened, newest first; a click shows where.

import { computed, effect, signal } from '@preact/signals';
import type { FeedEvent, LogLine, Severity } from '../contract';
import { Icon, type IconName } from '../design/icons';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { time } from '../i18n/format';
import { events } from '../live/feeds';
import { lookAt } from '../map/camera';
import { now } from '../now';
import { go, hrefOf } from '../routes';
import { detailOf } from './wording';

const icons: Record<Severity, IconName> = { info: 'info', warning: 'warning', alarm: 'bell' };
const levels = ['all', 'warning', 'alarm'] as const;
type Level = (typeof levels)[number];
const level = signal<Level>('all');

const passes: Record<Level, (each: FeedEvent) => boolean> = {
  all: () => true,
  warning: (each) => each.severity !== 'info',
  alarm: (each) => each.severity === 'alarm',
};
const shown = computed(() => events.value.filter(passes[level.value]));

// ---- what a screen reader hears: alarms only, and not more often than it can be taken in

const announced = signal('');
const pauseMilliseconds = 8_000;
let lastId: string | null = null;
let waits = false;

function announce(): void {
  waits = false;
  const alarms = events.peek().filter(passes.alarm);
  const from = alarms.findIndex((each) => each.id === lastId);
  const fresh = from < 0 ? alarms.slice(0, 1) : alarms.slice(0, from);
  const [newest] = fresh;
  if (!newest) return;
  lastId = newest.id;
  const first = `${word('event', newest.kind)}, ${newest.name ?? ''}`;
  announced.value = fresh.length > 1 ? t('feed.alarms', { count: fresh.length, first }) : first;
}

effect(() => {
  const newest = events.value.find(passes.alarm);
  if (!newest || newest.id === lastId || waits) return;
  if (lastId === null) {
    lastId = newest.id; // What had happened before the page was opened is no news.
    return;
  }
  waits = true;
  setTimeout(announce, announced.peek() ? pauseMilliseconds : 500);
});

export function AlarmVoice() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {announced.value}
    </div>
  );
}

function show(event: FeedEvent): void {
  if (event.lat !== null && event.lng !== null) lookAt({ center: [event.lng, event.lat], zoom: 12 });
  if (event.sn) go(hrefOf.station(event.sn));
}

function EventInside({ of, severity, place }: { of: LogLine; severity: Severity; place: string }) {
  return (
    <>
      <span class="event-icon">
        <Icon name={icons[severity]} size={16} />
      </span>
      <span class="row-main">
        <span class="row-title">
          {severity !== 'info' && <span class="visually-hidden">{word('severity', severity)}: </span>}
          {word('event', of.kind)}
        </span>
        <span class="row-sub">{[place, detailOf(of)].filter(Boolean).join(' · ')}</span>
      </span>
      <time class="row-time" dateTime={of.at} title={time(of.at, 'full')}>
        {age(of.at, now.value)}
      </time>
    </>
  );
}

function EventRow({ of }: { of: FeedEvent }) {
  const inside = <EventInside of={of} severity={of.severity} place={of.name ?? ''} />;
  return (
    <li class="event" data-severity={of.severity} data-kind={of.kind}>
      {of.sn ? (
        <button type="button" class="row" onClick={() => show(of)}>
          {inside}
        </button>
      ) : (
        <div class="row">{inside}</div>
      )}
    </li>
  );
}

/// A line of one cabinet's log, in that station's panel.
export function LogRow({ of }: { of: LogLine }) {
  return (
    <li class="event" data-kind={of.kind}>
      <div class="row">
        <EventInside of={of} severity="info" place="" />
      </div>
    </li>
  );
}

export function Feed() {
  return (
    <>
      <div class="segments" role="group" aria-label={t('feed.level')}>
        {levels.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={level.value === each}
            onClick={() => {
              level.value = each;
            }}
          >
            {t(`feed.level.${each}`)}
          </button>
        ))}
      </div>
      {shown.value.length === 0 ? (
        <p class="empty">{t('feed.empty')}</p>
      ) : (
        <ul class="rows" data-testid="feed">
          {shown.value.map((each) => (
            <EventRow key={each.id} of={each} />
          ))}
        </ul>
      )}
    </>
  );
}
