/// What happened: commands to cabinets, what cabinets said, who did what, and everything about one station.

import { Fragment, type ComponentChildren } from 'preact';
import { auditLog, commandHistory, explainStation, frames } from '../api/office_calls';
import { maySee } from '../api/session';
import type { Command } from '../contract';
import type { AuditRow, FrameRow } from '../contract_office';
import { t, word } from '../i18n';
import { time } from '../i18n/format';
import { now } from '../now';
import { searchOf, wantedIn } from '../office/address';
import { FilterBar, type Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import { useLoaded } from '../office/load';
import { BankLink, StationLink } from '../office/names';
import { Page, Refusal, Tabs } from '../office/page';
import type { Column } from '../office/table';
import { issuerOf } from '../office/timeline';
import { DataList, More, Timeline } from '../office/timeline_list';
import { go, hrefOf } from '../routes';

const ofStation: Filter = {
  is: 'search',
  name: 'station_sn',
  label: 'history.station',
  shortest: 1,
  longest: 255,
};
const days: readonly Filter[] = [
  { is: 'day', name: 'from', label: 'history.from' },
  { is: 'day', name: 'until', label: 'history.until' },
];

const commandColumns: readonly Column<Command>[] = [
  { title: 'history.what', show: (of) => word('command', of.kind) },
  {
    title: 'history.outcome',
    show: (of) => <span class="tag soft">{word('outcome', of.outcome)}</span>,
    isPlain: true,
  },
  { title: 'history.at', show: (of) => time(of.created_at, 'full') },
  { title: 'issues.station', show: (of) => of.station_sn && <StationLink of={{ sn: of.station_sn }} /> },
  { title: 'banks.slot', look: 'number', show: (of) => of.slot },
  { title: 'rentals.bank', show: (of) => of.bank_sn && <BankLink sn={of.bank_sn} /> },
  { title: 'history.who', show: (of) => word('issuer', issuerOf(of.issued_by)) },
  { title: 'reason', look: 'wide', show: (of) => of.reason },
];

const frameColumns: readonly Column<FrameRow>[] = [
  { title: 'history.at', show: (of) => time(of.received_at, 'full') },
  {
    title: 'history.kind',
    show: (of) => <span class="tag soft">{word('sync', of.sync_type)}</span>,
    isPlain: true,
  },
  { title: 'issues.station', show: (of) => of.station_sn && <StationLink of={{ sn: of.station_sn }} /> },
  { title: 'cabinets.imei', look: 'mono', show: (of) => of.device_uuid },
  { title: 'cabinets.door', show: (of) => word('door', of.door) },
  { title: 'history.error', show: (of) => of.error },
  {
    title: 'log.raw',
    look: 'wide',
    show: (of) => (
      <More label={t('log.raw')}>
        <code>{of.frame}</code>
      </More>
    ),
  },
];

function hasMore(of: AuditRow): boolean {
  return of.before !== null || of.after !== null;
}

function Difference({ of }: { of: AuditRow }) {
  if (!hasMore(of)) return <>–</>;
  return (
    <More label={t('history.change')}>
      {of.before !== null && <h3>{t('history.before')}</h3>}
      <DataList data={of.before} />
      {of.after !== null && <h3>{t('history.after')}</h3>}
      <DataList data={of.after} />
    </More>
  );
}

const auditColumns: readonly Column<AuditRow>[] = [
  { title: 'history.what', show: (of) => word('audit', of.action) },
  { title: 'history.at', show: (of) => time(of.at, 'full') },
  {
    title: 'history.who',
    show: (of) => (
      <>
        {word('actor', of.actor_type)} <span class="mono short">{of.actor_id}</span>
      </>
    ),
  },
  {
    title: 'history.thing',
    show: (of) => (
      <>
        {of.entity && word('entity', of.entity)} <span class="mono short">{of.entity_id}</span>
      </>
    ),
  },
  { title: 'reason', look: 'wide', show: (of) => of.reason },
  { title: 'history.change', look: 'wide', show: (of) => <Difference of={of} /> },
  { title: 'history.ip', look: 'mono', show: (of) => of.ip },
];

interface Part {
  search: URLSearchParams;
}

const hrefTo = (of: string) => (search: string) => hrefOf.office('history', [of], search);

/// Hours; the server goes back a week.
const spans = { '1h': 1, '24h': 24, '7d': 7 * 24 } as const;
/// So that a week is not longer when the question arrives.
const marginMilliseconds = 60_000;
const usualSpan: keyof typeof spans = '24h';

function StationHistory({ search }: Part) {
  const filters: readonly Filter[] = [
    ofStation,
    {
      is: 'choice',
      name: 'span',
      label: 'rentals.recent',
      options: () => Object.keys(spans).map((each) => [each, t(`span.${each as keyof typeof spans}`)]),
    },
  ];
  const wanted = wantedIn(search, ['station_sn', 'span']);
  const sn = wanted.station_sn ?? '';
  const hours = spans[(wanted.span ?? usualSpan) as keyof typeof spans] ?? spans[usualSpan];
  const { data, error, isBusy } = useLoaded(
    searchOf(wanted),
    (signal) =>
      sn
        ? explainStation(
            sn,
            new Date(now.peek() - hours * 3_600_000 + marginMilliseconds).toISOString(),
            signal,
          )
        : Promise.resolve(null),
    () => true,
  );
  return (
    <>
      <FilterBar
        filters={filters}
        wanted={{ span: usualSpan, ...wanted }}
        onWant={(to) => go(hrefTo('station')(searchOf(to)))}
      />
      <Refusal text={error} />
      {!sn && <p class="empty">{t('history.choose')}</p>}
      {sn && !data && isBusy && <p role="status">{t('loading')}</p>}
      {sn && data && (
        <>
          <p>
            <StationLink of={{ sn }} />
          </p>
          <Timeline known={data} order="newest" />
        </>
      )}
    </>
  );
}

interface Tab {
  of: 'commands' | 'frames' | 'station' | 'audit';
  isOpen: boolean;
  show: (part: Part) => ComponentChildren;
}

const tabs = (): Tab[] => [
  {
    of: 'commands',
    isOpen: maySee('stations.write'),
    show: ({ search }) => (
      <ListView
        label={t('history.commands')}
        search={search}
        hrefOf={hrefTo('commands')}
        filters={[ofStation, ...days]}
        load={commandHistory}
        columns={commandColumns}
        keyOf={(of) => of.id}
        none="history.none"
      />
    ),
  },
  {
    of: 'station',
    isOpen: maySee('stations.write'),
    show: ({ search }) => <StationHistory search={search} />,
  },
  {
    of: 'frames',
    isOpen: maySee('stations.command'),
    show: ({ search }) => (
      <ListView
        label={t('history.frames')}
        search={search}
        hrefOf={hrefTo('frames')}
        filters={[ofStation]}
        load={frames}
        columns={frameColumns}
        keyOf={(of) => of.id}
        none="history.none"
      />
    ),
  },
  {
    of: 'audit',
    isOpen: maySee('audit.read'),
    show: ({ search }) => (
      <ListView
        label={t('history.audit')}
        search={search}
        hrefOf={hrefTo('audit')}
        filters={[
          { is: 'search', name: 'action', label: 'history.action', shortest: 1 },
          { is: 'search', name: 'entity_id', label: 'history.entity', shortest: 1 },
          ...days,
        ]}
        load={auditLog}
        columns={auditColumns}
        keyOf={(of) => of.id}
        none="history.none"
      />
    ),
  },
];

export function History({ of, search }: { of: string | undefined; search: URLSearchParams }) {
  const open = tabs().filter((each) => each.isOpen);
  const here = open.find((each) => each.of === of) ?? open[0];
  return (
    <Page title={t('nav.history')}>
      <Tabs
        label={t('history.tabs')}
        tabs={open.map((each) => ({
          href: hrefTo(each.of)(''),
          text: t(`history.${each.of}`),
          isHere: each === here,
        }))}
      />
      {here && <Fragment key={here.of}>{here.show({ search })}</Fragment>}
    </Page>
  );
}
