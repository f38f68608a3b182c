/// Who is signed in. The access token lives in this module's memory and nowhere else; the refresh token is
/// a cookie no script can read. One refresh at a time, in all tabs together: the token rotates, and a
/// second tab sending the old one would look like theft.

import { computed, signal } from '@preact/signals';
import type { Grant, Me, PermissionKey, Success, Tokens } from '../contract';
import { language } from '../i18n/language';
import { ApiError, readFailure, unreachable } from './errors';

export type Stage = 'unknown' | 'signed-out' | 'signed-in';
export type SignOutReason = 'none' | 'ended' | 'left';

export const stage = signal<Stage>('unknown');
export const signedOutBecause = signal<SignOutReason>('none');
export const me = signal<Me | null>(null);

/// Rises with every fresh access token, so that the live socket can show the new one.
export const tokenGeneration = signal(0);

let access: string | null = null;
let expiresAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let underway: Promise<boolean> | null = null;

/// Renew this long before the end, so that no request meets an expired token.
const marginMilliseconds = 60_000;

export function accessToken(): string | null {
  return access;
}

export function grantOf(key: PermissionKey): Grant {
  return me.value?.permissions[key] ?? 'none';
}

const writing: readonly Grant[] = ['limited', 'full'];
export const maySee = (key: PermissionKey): boolean => grantOf(key) !== 'none';
export const mayChange = (key: PermissionKey): boolean => writing.includes(grantOf(key));
export const mayWriteStations = computed(() => mayChange('stations.write'));
export const mayCommand = computed(() => mayChange('stations.command'));
export const maySeeStations = computed(() => maySee('stations.write'));
export const maySeeRentals = computed(() => maySee('rentals.override'));

export async function post(path: string, body: unknown): Promise<Response> {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    'Accept-Language': language.value,
  };
  if (access) headers.Authorization = `Bearer ${access}`;
  try {
    return await fetch(path, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw unreachable();
  }
}

function keep(tokens: Tokens): void {
  access = tokens.access;
  expiresAt = Date.now() + tokens.expires_in * 1000;
  tokenGeneration.value++;
  clearTimeout(timer);
  const wait = Math.max(5_000, expiresAt - Date.now() - marginMilliseconds);
  timer = setTimeout(() => void renew().catch(() => undefined), wait);
}

function forget(why: SignOutReason): void {
  access = null;
  clearTimeout(timer);
  me.value = null;
  signedOutBecause.value = why;
  stage.value = 'signed-out';
}

async function loadMe(): Promise<void> {
  const answer = await fetch('/api/admin/me', {
    headers: { Authorization: `Bearer ${access ?? ''}`, 'Accept-Language': language.value },
    cache: 'no-store',
  }).catch(() => {
    throw unreachable();
  });
  if (!answer.ok) throw await readFailure(answer);
  me.value = ((await answer.json()) as Success<Me>).data;
  stage.value = 'signed-in';
}

/// Learns the role and permissions afresh: an administrator may have changed them.
export async function reloadMe(): Promise<void> {
  await loadMe().catch(() => undefined);
}

async function exchangeCookie(): Promise<boolean> {
  const before = tokenGeneration.peek();
  const ask = async (): Promise<boolean> => {
    if (tokenGeneration.peek() !== before) return true;
    const answer = await post('/api/admin/refresh', {});
    if (answer.ok) {
      const tokens = ((await answer.json()) as Success<Tokens>).data;
      keep(tokens);
      // Another tab may have signed somebody else in: the cookie is the browser's, not the tab's.
      if (me.peek() && me.peek()?.operator.id !== tokens.operator.id) await loadMe();
      return true;
    }
    if (answer.status === 401 || answer.status === 403 || answer.status === 400) return false;
    throw await readFailure(answer);
  };
  const locks = globalThis.navigator?.locks;
  return locks ? await locks.request('chautari.refresh', ask) : await ask();
}

/// A fresh access token, if the cookie still buys one. False: the session is over, and the page says so. When
/// the server cannot be reached nothing is over; the caller may ask again.
export function renew(): Promise<boolean> {
  underway ??= exchangeCookie()
    .then((renewed) => {
      if (!renewed) forget(stage.peek() === 'signed-in' ? 'ended' : 'none');
      return renewed;
    })
    .catch((why: unknown) => {
      clearTimeout(timer);
      if (stage.peek() === 'signed-in') timer = setTimeout(() => void renew().catch(() => undefined), 5_000);
      throw why;
    })
    .finally(() => {
      underway = null;
    });
  return underway;
}

/// At the start of the page: signed in already, or not.
export async function restore(): Promise<void> {
  if (await renew()) await loadMe();
}

/// One error for whatever was wrong.
export async function signIn(email: string, password: string, totp: string): Promise<void> {
  const answer = await post('/api/admin/login', { email, password, totp, keep_in_cookie: true });
  if (!answer.ok) throw await readFailure(answer);
  keep(((await answer.json()) as Success<Tokens>).data);
  await loadMe();
  signedOutBecause.value = 'none';
}

/// Throws if the session has not ended: the cookie would still open it, nobody may think it is over. After a
/// long sleep the access token is too old to end anything, so a fresh one does it.
export async function signOut(): Promise<void> {
  let answer = await post('/api/admin/logout', {});
  if (answer.status === 401 && (await renew())) answer = await post('/api/admin/logout', {});
  if (!answer.ok && answer.status !== 401) throw await readFailure(answer);
  forget('left');
}

/// Proves again who sits here; sensitive actions are allowed for five minutes after it.
export async function reauthenticate(password: string, totp: string): Promise<void> {
  const answer = await post('/api/admin/reauthenticate', { password, totp });
  if (!answer.ok) throw await readFailure(answer);
}

export { ApiError };
