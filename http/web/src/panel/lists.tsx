/// Open issues of a station, and the rentals whose banks came from it.

import type { Issue, RentalOut } from '../contract';
import { Icon } from '../design/icons';
import { maySee, maySeeRentals } from '../api/session';
import { t, word } from '../i18n';
import { age } from '../i18n/age';
import { time } from '../i18n/format';
import { now } from '../now';
import { hrefOf } from '../routes';

export function Issues({ issues }: { issues: readonly Issue[] | null }) {
  if (!issues || issues.length === 0) return null;
  return (
    <section class="block">
      <h3>{t('panel.issues')}</h3>
      <ul class="rows">
        {issues.map((each) => (
          <li key={each.id} class="row issue" data-priority={each.priority}>
            <Icon name="warning" size={16} />
            <span class="row-main">
              <span class="row-title">
                {maySee('issues.manage') ? (
                  <a href={hrefOf.office('issues', ['stations', each.id])}>
                    {word('issue', each.issue_type ?? each.type ?? '')}
                  </a>
                ) : (
                  word('issue', each.issue_type ?? each.type ?? '')
                )}
                <span class="tag" data-priority={each.priority}>
                  {word('priority', each.priority)}
                </span>
              </span>
              <span class="row-sub">{[word('issueStatus', each.status), each.description].join(' · ')}</span>
            </span>
            <time class="row-time" dateTime={each.reported_at}>
              {age(each.reported_at, now.value)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function isLate(rental: RentalOut): boolean {
  return rental.status === 'OVERDUE' || new Date(rental.due_at).getTime() < now.value;
}

export function RentalsOut({ rentals }: { rentals: readonly RentalOut[] | null }) {
  if (!rentals || rentals.length === 0) return null;
  return (
    <section class="block">
      <h3>
        {t('panel.out')} <span class="count">{rentals.length}</span>
      </h3>
      <ul class="rows">
        {rentals.map((each) => (
          <li key={each.rental_code} class="row" data-late={isLate(each) ? '' : undefined}>
            <span class="row-main">
              <span class="row-title">
                {maySeeRentals.value ? (
                  <a href={hrefOf.office('rentals', [], `?search=${encodeURIComponent(each.rental_code)}`)}>
                    {each.rental_code}
                  </a>
                ) : (
                  each.rental_code
                )}
                {isLate(each) && <span class="tag bad">{word('rental', 'OVERDUE')}</span>}
              </span>
              <span class="row-sub">{t('detail.bank_sn', { value: each.bank_sn })}</span>
            </span>
            <time class="row-time" dateTime={each.due_at}>
              {t('panel.due', { at: time(each.due_at, 'clock') })}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
