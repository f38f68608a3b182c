/// What riders reported about stations and about rentals.

import { issues } from '../api/office_calls';
import { priorities } from '../contract';
import {
  issueScopes,
  issueStatuses,
  issueTypes,
  type IssueScope,
  type ReportedIssue,
} from '../contract_office';
import { t, word } from '../i18n';
import { time } from '../i18n/format';
import type { Filter } from '../office/filters';
import { ListView } from '../office/list_view';
import { BankLink, RentalLink, StationLink } from '../office/names';
import { Page, Tabs } from '../office/page';
import { StatusTag } from '../office/status_tag';
import type { Column } from '../office/table';
import { hrefOf } from '../routes';

export function PriorityTag({ of }: { of: ReportedIssue }) {
  return of.priority ? (
    <span class="tag" data-priority={of.priority}>
      {word('priority', of.priority)}
    </span>
  ) : null;
}

export function reporterOf(of: ReportedIssue): string | null {
  return typeof of.reporter === 'string' ? of.reporter : (of.reporter?.username ?? null);
}

function filtersOf(scope: IssueScope): readonly Filter[] {
  const [from, until] = scope === 'stations' ? ['start_date', 'end_date'] : ['from', 'until'];
  return [
    ...(scope === 'stations' ? [{ is: 'search', name: 'search', label: 'issues.search' } as const] : []),
    {
      is: 'choice',
      name: 'status',
      label: 'issues.status',
      options: () => issueStatuses[scope].map((each) => [each, word('issueStatus', each)]),
    },
    ...(scope === 'stations'
      ? [
          {
            is: 'choice',
            name: 'priority',
            label: 'issues.priority',
            options: () => priorities.map((each) => [each, word('priority', each)] as const),
          } as const,
        ]
      : []),
    {
      is: 'choice',
      name: 'type',
      label: 'issues.type',
      options: () => issueTypes[scope].map((each) => [each, word('issue', each)]),
    },
    { is: 'day', name: from!, label: 'issues.from' },
    { is: 'day', name: until!, label: 'issues.until' },
  ];
}

function columnsOf(scope: IssueScope): readonly Column<ReportedIssue>[] {
  const of_: readonly Column<ReportedIssue>[] =
    scope === 'stations'
      ? [
          { title: 'issues.priority', show: (of) => <PriorityTag of={of} />, isPlain: true },
          { title: 'issues.station', show: (of) => <StationLink of={of.station} /> },
        ]
      : [
          { title: 'issues.rental', show: (of) => <RentalLink id={of.rental_id} code={of.rental_code} /> },
          { title: 'rentals.bank', show: (of) => <BankLink sn={of.bank_sn} /> },
          { title: 'issues.station', show: (of) => of.station_name },
        ];
  return [
    {
      title: 'issues.type',
      show: (of) => <a href={hrefOf.office('issues', [scope, of.id])}>{word('issue', of.issue_type)}</a>,
    },
    {
      title: 'issues.status',
      show: (of) => <StatusTag group="issueStatus" status={of.status} />,
      isPlain: true,
    },
    ...of_,
    { title: 'issues.text', look: 'wide', show: (of) => <span class="clipped">{of.description}</span> },
    { title: 'issues.reported', show: (of) => time(of.reported_at, 'dayTime') },
  ];
}

export function IssueTabs({ scope }: { scope: IssueScope }) {
  return (
    <Tabs
      label={t('issues.tabs')}
      tabs={issueScopes.map((each) => ({
        href: hrefOf.office('issues', [each]),
        text: t(`issues.${each}`),
        isHere: each === scope,
      }))}
    />
  );
}

export function IssueList({ scope, search }: { scope: IssueScope; search: URLSearchParams }) {
  return (
    <Page title={t('nav.issues')}>
      <IssueTabs scope={scope} />
      <ListView
        label={t(`issues.${scope}`)}
        search={search}
        hrefOf={(text) => hrefOf.office('issues', [scope], text)}
        filters={filtersOf(scope)}
        load={issues(scope)}
        columns={columnsOf(scope)}
        keyOf={(of) => of.id}
        none="issues.none"
      />
    </Page>
  );
}
