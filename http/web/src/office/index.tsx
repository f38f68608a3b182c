/// The views beside the map: one part of the page, loaded when the first of them is wanted.

import { BankDetail } from '../banks/detail';
import { BankList } from '../banks/list';
import { Cabinets } from '../cabinets/list';
import { Login } from '../cabinets/login';
import { History } from '../history/history';
import { IssueDetail } from '../issues/detail';
import { IssueList } from '../issues/list';
import { issueScopes } from '../contract_office';
import { learn } from '../i18n';
import { enOffice } from '../i18n/en_office';
import { neOffice } from '../i18n/ne_office';
import { Pricing } from '../pricing/pricing';
import { RentalDetail } from '../rentals/detail';
import { RentalList } from '../rentals/list';
import type { OfficeRoute } from '../routes';

learn({ en: enOffice, ne: neOffice });

export function OfficeView({ where }: { where: OfficeRoute }) {
  const { view, search } = where;
  const [first, second] = where.path;
  const scope = issueScopes.find((each) => each === first) ?? 'stations';
  switch (view) {
    case 'rentals':
      return first ? <RentalDetail key={first} id={first} /> : <RentalList search={search} />;
    case 'banks':
      return first ? <BankDetail key={first} sn={first} search={search} /> : <BankList search={search} />;
    case 'issues':
      return second ? (
        <IssueDetail key={second} scope={scope} id={second} />
      ) : (
        <IssueList key={scope} scope={scope} search={search} />
      );
    case 'pricing':
      return <Pricing table={first} id={second} search={search} />;
    case 'cabinets':
      return first ? <Login key={first} sn={first} /> : <Cabinets search={search} />;
    case 'history':
      return <History of={first} search={search} />;
  }
}
