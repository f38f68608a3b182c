/// Requests with the operator's token: renewed once on 401, asked for a fresh proof of identity on 403
/// `reauthentication_required`, refusals thrown as ApiError.

import { signal } from '@preact/signals';
import type { Success } from '../contract';
import { language } from '../i18n/language';
import { ApiError, readFailure, unreachable } from './errors';
import { accessToken, reloadMe, renew } from './session';

export interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  body?: unknown;
  /// One per click: the server does a repeated one once.
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/// Set while somebody must prove who they are; the dialog answers it.
export const proofWanted = signal<{ done: (proven: boolean) => void } | null>(null);

function askForProof(): Promise<boolean> {
  return new Promise((resolve) => {
    proofWanted.value = {
      done: (proven) => {
        proofWanted.value = null;
        resolve(proven);
      },
    };
  });
}

/// 128 random bits as text. (`crypto.randomUUID` is missing on plain http.)
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (each) => each.toString(16).padStart(2, '0')).join('');
}

async function send(path: string, call: Call): Promise<Response> {
  const headers: Record<string, string> = { 'Accept-Language': language.peek() };
  const token = accessToken();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (call.body !== undefined) headers['Content-Type'] = 'application/json';
  if (call.idempotencyKey) headers['Idempotency-Key'] = call.idempotencyKey;
  const options: RequestInit = { method: call.method ?? 'GET', headers, credentials: 'same-origin' };
  if (call.body !== undefined) options.body = JSON.stringify(call.body);
  if (call.signal) options.signal = call.signal;
  try {
    return await fetch(path, options);
  } catch (why) {
    if (why instanceof DOMException && why.name === 'AbortError') throw why;
    throw unreachable();
  }
}

/// The `data` of the answer.
export async function request<T>(path: string, call: Call = {}): Promise<T> {
  let hasRenewed = false;
  for (;;) {
    const answer = await send(path, call);
    if (answer.ok) return ((await answer.json()) as Success<T>).data;
    const why = await readFailure(answer);
    if (why.status === 401 && !hasRenewed) {
      hasRenewed = true;
      if (await renew()) continue;
    }
    if (why.code === 'reauthentication_required' && (await askForProof())) continue;
    if (why.code === 'permission_denied') void reloadMe();
    throw why;
  }
}

/// A query string of what is set.
export function query(values: Record<string, string | number | boolean | null | undefined>): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text ? `?${text}` : '';
}

export { ApiError };
