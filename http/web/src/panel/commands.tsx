/// Commands to this station with their live outcome: those of the topic over those the overview knew.

import type { Command, CommandOutcome } from '../contract';
import { Icon, type IconName } from '../design/icons';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { time } from '../i18n/format';
import { commands } from '../live/feeds';
import { now } from '../now';
import { networksIn, Networks } from './networks';

const shownMax = 6;

const icons: Record<CommandOutcome, IconName> = {
  queued: 'clock',
  sent: 'next',
  acknowledged: 'check',
  failed: 'close',
  timed_out: 'clock',
  unanswered: 'info',
  unsupported: 'close',
};

/// Newest first; the live version of a command wins.
export function merged(live: readonly Command[], earlier: readonly Command[]): Command[] {
  const known = new Set(live.map((each) => each.id));
  return [...live, ...earlier.filter((each) => !known.has(each.id))]
    .sort((a, b) => (a.created_at < b.created_at ? 1 : -1))
    .slice(0, shownMax);
}

function about(command: Command): string {
  return [
    command.slot ? t('slot', { number: command.slot }) : '',
    command.bank_sn ? t('detail.bank_sn', { value: command.bank_sn }) : '',
    command.reason ?? '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function CommandRow({ sn, of }: { sn: string; of: Command }) {
  const networks = networksIn(of);
  return (
    <li class="row command" data-outcome={of.outcome} data-kind={of.kind} data-testid="command">
      <span class="command-icon">
        <Icon name={icons[of.outcome] ?? 'info'} size={16} />
      </span>
      <span class="row-main">
        <span class="row-title">
          {word('command', of.kind)}
          <span class="outcome">{word('outcome', of.outcome)}</span>
        </span>
        <span class="row-sub">{about(of)}</span>
        {networks.length > 0 && <Networks sn={sn} networks={networks} />}
      </span>
      <time class="row-time" dateTime={of.created_at} title={time(of.created_at, 'full')}>
        {age(of.created_at, now.value)}
      </time>
    </li>
  );
}

const freshMilliseconds = 60_000;

/// What has just been asked, right below the buttons that asked it; read out as it moves on.
export function LatestCommand({ sn }: { sn: string }) {
  const newest = merged(
    commands.value.filter((each) => each.station_sn === sn),
    [],
  )[0];
  const isFresh =
    newest && (newest.is_open || now.value - new Date(newest.created_at).getTime() < freshMilliseconds);
  return (
    <>
      <p class="visually-hidden" role="status">
        {isFresh && `${word('command', newest.kind)}: ${word('outcome', newest.outcome)}`}
      </p>
      {isFresh && (
        <ul class="rows latest">
          <CommandRow sn={sn} of={newest} />
        </ul>
      )}
    </>
  );
}

export function Commands({ sn, earlier }: { sn: string; earlier: readonly Command[] }) {
  const live = commands.value.filter((each) => each.station_sn === sn);
  const shown = merged(live, earlier);
  if (shown.length === 0) return null;
  return (
    <section class="block">
      <h3>{t('panel.commands')}</h3>
      <ul class="rows">
        {shown.map((each) => (
          <CommandRow key={each.id} sn={sn} of={each} />
        ))}
      </ul>
    </section>
  );
}
