/// One issue: what was reported, and what became of it.

import { useState } from 'preact/hooks';
import { changeIssue, deleteIssue, issue } from '../api/office_calls';
import { mayChange, me } from '../api/session';
import { priorities } from '../contract';
import { issueStatuses, type IssueScope, type ReportedIssue } from '../contract_office';
import { Dialog } from '../design/dialog';
import { Area, Faults, Select, useSubmission } from '../design/form';
import { textIn } from '../design/form_values';
import { sentenceOf } from '../design/refusal';
import { toast } from '../design/toasts';
import { t, word } from '../i18n';
import { time } from '../i18n/format';
import { useLoaded } from '../office/load';
import { BankLink, RentalLink, StationLink } from '../office/names';
import { Block, FactList, Page, type Fact } from '../office/page';
import { StatusTag } from '../office/status_tag';
import { go, hrefOf } from '../routes';
import { PriorityTag, reporterOf } from './list';

const notesLongest: Record<IssueScope, number> = { stations: 1000, rentals: 500 };

function factsOf(scope: IssueScope, of: ReportedIssue): Fact[] {
  const at = (value: string | null): string => (value ? time(value, 'full') : '');
  const about: Fact[] =
    scope === 'stations'
      ? [
          [t('issues.station'), <StationLink of={of.station} />],
          [t('issues.assigned'), of.assigned_to?.email],
        ]
      : [
          [t('issues.rental'), <RentalLink id={of.rental_id} code={of.rental_code} />],
          [t('rentals.bank'), <BankLink sn={of.bank_sn} />],
          [t('issues.station'), of.station_name],
        ];
  return [
    ...about,
    [t('issues.reporter'), reporterOf(of)],
    [t('issues.reported'), at(of.reported_at)],
    [t('issues.resolved'), at(of.resolved_at)],
  ];
}

/// Only what a browser fetches; a report is written by somebody.
const isFetched = (url: string): boolean => /^(https?:\/\/|\/)/.test(url);

function Images({ urls }: { urls: readonly string[] }) {
  const shown = urls.filter(isFetched);
  if (shown.length === 0) return null;
  return (
    <ul class="chips">
      {shown.map((each, index) => (
        <li key={each}>
          <a class="chip" href={each} target="_blank" rel="noopener noreferrer">
            {t('issues.image', { number: index + 1 })}
          </a>
        </li>
      ))}
    </ul>
  );
}

interface EditProps {
  scope: IssueScope;
  of: ReportedIssue;
  onDone: () => void;
}

function Edit({ scope, of, onDone }: EditProps) {
  const save = async (form: FormData): Promise<void> => {
    const wish: Record<string, unknown> = { status: textIn(form, 'status'), notes: textIn(form, 'notes') };
    if (scope === 'stations') wish.priority = textIn(form, 'priority');
    await changeIssue(scope, of.id, wish);
    toast(t('issues.saved'));
  };
  const { isBusy, error, faults, onSubmit } = useSubmission(save, onDone);
  return (
    <form class="card-form" aria-label={t('issues.edit')} onSubmit={(event) => void onSubmit(event)}>
      <Faults.Provider value={faults}>
        <Select
          label={t('issues.status')}
          name="status"
          value={of.status}
          options={issueStatuses[scope].map((each) => [each, word('issueStatus', each)])}
        />
        {scope === 'stations' && (
          <Select
            label={t('issues.priority')}
            name="priority"
            value={of.priority ?? 'MEDIUM'}
            options={priorities.map((each) => [each, word('priority', each)])}
          />
        )}
        <Area
          label={t('issues.notes')}
          hint={t('issues.notes.hint')}
          name="notes"
          maxLength={notesLongest[scope]}
          defaultValue={of.notes ?? ''}
        />
      </Faults.Provider>
      <p class="form-error" role="alert">
        {error}
      </p>
      <div class="button-row">
        <button type="submit" class="button primary" disabled={isBusy}>
          {isBusy ? t('working') : t('save')}
        </button>
      </div>
    </form>
  );
}

export function IssueDetail({ scope, id }: { scope: IssueScope; id: string }) {
  const { data: of, error, reload } = useLoaded(id, (signal) => issue(scope, id, signal));
  const [isDeleting, setDeleting] = useState(false);
  const may = mayChange('issues.manage');
  const myself = me.value?.operator.id;
  const isMine = of?.assigned_to?.id === myself;
  const assign = (): void => {
    changeIssue(scope, id, { assigned_to_id: isMine ? null : myself }).then(reload, (why: unknown) =>
      toast(sentenceOf(why), true),
    );
  };
  return (
    <Page
      title={of ? word('issue', of.issue_type) : t('nav.issues')}
      tag={
        of && (
          <>
            <StatusTag group="issueStatus" status={of.status} />
            <PriorityTag of={of} />
          </>
        )
      }
      back={{ href: hrefOf.office('issues', [scope]), label: t('issues.back') }}
      error={error}
      actions={
        of &&
        may && (
          <>
            {scope === 'stations' && (
              <button type="button" class="button" onClick={assign}>
                {t(isMine ? 'issues.unassign' : 'issues.assign')}
              </button>
            )}
            <button type="button" class="button" onClick={() => setDeleting(true)}>
              {t('issues.delete')}
            </button>
          </>
        )
      }
    >
      {of && (
        <>
          <FactList facts={factsOf(scope, of)} />
          <Block title={t('issues.text')}>
            <p class="quote">{of.description}</p>
            <Images urls={of.images ?? []} />
          </Block>
          {may ? (
            <Block title={t('issues.edit')}>
              <Edit key={`${of.status} ${of.priority} ${of.notes}`} scope={scope} of={of} onDone={reload} />
            </Block>
          ) : (
            of.notes && (
              <Block title={t('issues.notes')}>
                <p class="quote">{of.notes}</p>
              </Block>
            )
          )}
        </>
      )}
      {isDeleting && (
        <Dialog
          title={t('issues.delete.title')}
          doIt={t('issues.delete')}
          isDangerous
          onClose={() => setDeleting(false)}
          onDo={async () => {
            await deleteIssue(scope, id);
            toast(t('issues.deleted'));
            go(hrefOf.office('issues', [scope]));
          }}
        >
          <p>{t('issues.delete.text')}</p>
        </Dialog>
      )}
    </Page>
  );
}
