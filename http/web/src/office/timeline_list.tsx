/// The timeline as a list: each entry with its time, its sign and its facts. Kinds can be left out.

import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../design/icons';
import { hasWord, t, word } from '../i18n';
import { time } from '../i18n/format';
import type { ExplainedFact } from '../contract_office';
import { BankLink } from './names';
import {
  entryKinds,
  isKnownLate,
  issuerOf,
  plain,
  timelineOf,
  withTimes,
  type Entry,
  type EntryKind,
  type Known,
} from './timeline';

const icons: Record<EntryKind, IconName> = {
  command: 'next',
  report: 'signal',
  status: 'plug',
  fact: 'check',
};

export function DataList({ data }: { data: unknown }) {
  if (data === null || data === undefined || data === '') return null;
  if (typeof data !== 'object') return <p class="log-text">{String(data)}</p>;
  const known = Object.entries(data).filter(([, value]) => value !== null && value !== '');
  if (known.length === 0) return null;
  return (
    <dl class="log-data">
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{word('data', name)}</dt>
          <dd>{plain(value, (at) => time(at, 'full'))}</dd>
        </div>
      ))}
    </dl>
  );
}

/// The server's own sentences are English, whatever the page speaks.
export function English({ text }: { text: string | null }) {
  return text ? (
    <p class="log-text" lang="en">
      {withTimes(text, (at) => time(at, 'full'))}
    </p>
  ) : null;
}

/// What not everybody wants to see at once.
export function More({ label, children }: { label: string; children: ComponentChildren }) {
  return children ? (
    <details class="raw">
      <summary>{label}</summary>
      {children}
    </details>
  ) : null;
}

function Rule({ of }: { of: ExplainedFact }) {
  return of.rule_text ? (
    <p class="log-text rule" lang="en">
      {of.rule && <b>{of.rule}</b>} {of.rule_text}
    </p>
  ) : null;
}

function titleOf(entry: Entry): ComponentChildren {
  switch (entry.is) {
    case 'fact':
      // A cabinet's facts have the names of the feed.
      return word(hasWord('log', entry.of.kind) ? 'log' : 'event', entry.of.kind);
    case 'command':
      return word('command', entry.of.kind);
    case 'report':
      return entry.of.frame ? word('frame', entry.of.frame) : t('log.call');
    case 'status':
      return word('state', entry.of.status);
  }
}

function Inside({ entry }: { entry: Entry }) {
  switch (entry.is) {
    case 'fact':
      return (
        <>
          {isKnownLate(entry.of) && (
            <span class="tag soft">{t('log.known', { at: time(entry.of.recorded_at, 'clockSeconds') })}</span>
          )}
          <English text={entry.of.text ?? null} />
          <Rule of={entry.of} />
          {entry.of.text && Object.keys(entry.of.data ?? {}).length > 0 ? (
            <More label={t('log.details')}>
              <DataList data={entry.of.data} />
            </More>
          ) : (
            <DataList data={entry.of.data} />
          )}
        </>
      );
    case 'command': {
      const { of } = entry;
      return (
        <>
          <span class="tag soft">{word('outcome', of.outcome)}</span>
          <p class="log-text">
            {of.slot !== null && `${t('slot', { number: of.slot })} · `}
            {of.bank_sn && (
              <>
                <BankLink sn={of.bank_sn} /> ·{' '}
              </>
            )}
            {[word('issuer', issuerOf(of.issued_by)), of.reason].filter(Boolean).join(' · ')}
          </p>
        </>
      );
    }
    case 'report':
      return (
        <>
          <span class="tag soft">{word('door', entry.of.door)}</span>
          {typeof entry.of.meaning === 'string' ? (
            <English text={entry.of.meaning} />
          ) : (
            <DataList data={entry.of.meaning} />
          )}
          <More label={t('log.raw')}>{entry.of.raw_hex && <code>{entry.of.raw_hex}</code>}</More>
        </>
      );
    case 'status': {
      const { status: _status, changed_at: _at, previous, ...more } = entry.of;
      return <DataList data={{ previous: previous && word('state', previous), ...more }} />;
    }
  }
}

interface Props {
  known: Known;
  order: 'oldest' | 'newest';
}

export function Timeline({ known, order }: Props) {
  const [hidden, setHidden] = useState<readonly EntryKind[]>([]);
  const entries = timelineOf(known, order);
  const kinds = entryKinds.filter((kind) => entries.some((each) => each.is === kind));
  const toggle = (kind: EntryKind): void =>
    setHidden((before) =>
      before.includes(kind) ? before.filter((each) => each !== kind) : [...before, kind],
    );
  if (entries.length === 0) return <p class="empty">{t('log.none')}</p>;
  return (
    <>
      <div class="chips" role="group" aria-label={t('log.kinds')}>
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="chip"
            aria-pressed={!hidden.includes(kind)}
            onClick={() => toggle(kind)}
          >
            <Icon name={icons[kind]} size={14} />
            {t(`log.kind.${kind}`)}
          </button>
        ))}
      </div>
      <ol class="log" data-testid="timeline">
        {entries
          .filter((each) => !hidden.includes(each.is))
          .map((each, index) => (
            <li key={index} class="log-entry" data-is={each.is}>
              <time dateTime={each.at}>{time(each.at, 'full')}</time>
              <div>
                <Icon name={icons[each.is]} size={14} />
                <span class="visually-hidden">{t(`log.kind.${each.is}`)}: </span>
                <strong>{titleOf(each)}</strong>
                <Inside entry={each} />
              </div>
            </li>
          ))}
      </ol>
    </>
  );
}
