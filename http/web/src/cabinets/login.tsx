/// A station's cabinet at the broker: whether it has a login, and letting it in or out.

import { useState } from 'preact/hooks';
import { brokerAccount, changeBrokerAccount } from '../api/office_calls';
import { mayChange } from '../api/session';
import { brokerActions, type BrokerAction, type BrokerAccount } from '../contract_office';
import { Dialog } from '../design/dialog';
import { ReasonField } from '../design/form';
import { textIn } from '../design/form_values';
import { toast } from '../design/toasts';
import { t } from '../i18n';
import { time, whole } from '../i18n/format';
import { useLoaded } from '../office/load';
import { StationLink } from '../office/names';
import { FactList, Page } from '../office/page';
import { hrefOf } from '../routes';

function Account({ of, sn }: { of: BrokerAccount; sn: string }) {
  const at = (value: string | null): string => (value ? time(value, 'full') : '');
  return (
    <FactList
      facts={[
        [t('issues.station'), <StationLink of={{ sn }} />],
        [t('cabinets.imei'), <span class="mono">{of.imei}</span>],
        [t('login.username'), <span class="mono">{of.username}</span>],
        [t('cabinets.sim'), of.sim && <span class="mono">{of.sim}</span>],
        [t('login.issued'), at(of.issued_at)],
        [t('login.issues'), whole(of.issues)],
        [t('login.open'), at(of.provisioning_until)],
        [t('login.revoked'), at(of.revoked_at)],
      ]}
    />
  );
}

export function Login({ sn }: { sn: string }) {
  const { data, error, reload } = useLoaded(sn, (signal) => brokerAccount(sn, signal));
  const [asked, setAsked] = useState<BrokerAction | null>(null);
  return (
    <Page
      title={t('login.title', { sn })}
      back={{ href: hrefOf.office('cabinets'), label: t('login.back') }}
      error={error}
      actions={
        data &&
        mayChange('stations.write') &&
        brokerActions.map((each) => (
          <button key={each} type="button" class="button" onClick={() => setAsked(each)}>
            {t(`login.${each}`)}
          </button>
        ))
      }
    >
      {data?.account && <Account of={data.account} sn={sn} />}
      {data && !data.account && <p class="empty">{t('login.none')}</p>}
      {asked && (
        <Dialog
          title={t(`login.${asked}`)}
          doIt={t(`login.${asked}`)}
          isDangerous={asked !== 'provision'}
          onClose={() => setAsked(null)}
          onDo={async (form) => {
            await changeBrokerAccount(sn, asked, textIn(form, 'reason'));
            toast(t('login.done'));
            reload();
          }}
        >
          <p>{t(`login.means.${asked}`)}</p>
          <ReasonField />
        </Dialog>
      )}
    </Page>
  );
}
