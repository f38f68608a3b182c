/// Sensitive actions ask again who sits here; the action goes on when that is proven.

import { proofWanted } from '../api/client';
import { reauthenticate } from '../api/session';
import { Dialog } from '../design/dialog';
import { t } from '../i18n';
import { PasswordField, TotpField } from './sign_in';

export function Reauthenticate() {
  const wanted = proofWanted.value;
  if (!wanted) return null;
  let isProven = false;
  return (
    <Dialog
      title={t('proof.title')}
      doIt={t('proof.do')}
      onDo={async (form) => {
        await reauthenticate(String(form.get('password')), String(form.get('totp')));
        isProven = true;
      }}
      onClose={() => wanted.done(isProven)}
    >
      <p>{t('proof.why')}</p>
      <PasswordField />
      <TotpField />
    </Dialog>
  );
}
