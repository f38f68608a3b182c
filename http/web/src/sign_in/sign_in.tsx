/// E-mail, password, code; one error for whatever was wrong.

import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError, signedOutBecause, signIn } from '../api/session';
import { Field } from '../design/form';
import { sentenceOf } from '../design/refusal';
import { Brand } from '../design/icons';
import { Preferences } from '../preferences';
import { t } from '../i18n';

function explain(why: unknown): string {
  if (why instanceof ApiError && why.status === 429)
    return t('signin.slow', { seconds: why.retryAfter ?? 60 });
  if (why instanceof ApiError && why.status === 401) return t('signin.refused');
  return sentenceOf(why);
}

export function TotpField() {
  return (
    <Field label={t('signin.totp')} hint={t('signin.totp.hint')}>
      {(id, hintId) => (
        <input
          id={id}
          name="totp"
          class="totp"
          inputMode="numeric"
          pattern="[0-9]{6}"
          maxLength={6}
          required
          autocomplete="one-time-code"
          aria-describedby={hintId}
        />
      )}
    </Field>
  );
}

export function PasswordField() {
  return (
    <Field label={t('signin.password')}>
      {(id) => <input id={id} name="password" type="password" required autocomplete="current-password" />}
    </Field>
  );
}

export function SignIn() {
  const form = useRef<HTMLFormElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState('');
  useEffect(() => {
    document.title = `${t('signin.title')} · ${t('name')}`;
    form.current?.querySelector('input')?.focus();
  }, []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const said = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setError('');
    try {
      await signIn(String(said.get('email')), String(said.get('password')), String(said.get('totp')));
    } catch (why) {
      setError(explain(why));
      setBusy(false);
      const code = form.current?.querySelector<HTMLInputElement>('[name=totp]');
      if (code) code.value = '';
    }
  };
  const notice = signedOutBecause.value === 'ended' ? t('signin.ended') : '';
  return (
    <main class="sign-in" id="main">
      <form ref={form} class="sign-in-card" onSubmit={(event) => void submit(event)}>
        <div class="sign-in-brand">
          <Brand />
          <span>{t('name')}</span>
        </div>
        <h1>{t('signin.title')}</h1>
        {notice && (
          <p class="notice" role="status">
            {notice}
          </p>
        )}
        <Field label={t('signin.email')}>
          {(id) => (
            <input id={id} name="email" type="email" required autocomplete="username" maxLength={254} />
          )}
        </Field>
        <PasswordField />
        <TotpField />
        <p class="form-error" role="alert">
          {error}
        </p>
        <button class="button primary wide" type="submit" disabled={isBusy}>
          {isBusy ? t('working') : t('signin.do')}
        </button>
      </form>
      <Preferences />
    </main>
  );
}
