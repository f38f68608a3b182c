import { afterEach, expect, test, vi } from 'vitest';
import {
  accessToken,
  me as signedIn,
  renew,
  signIn,
  signOut,
  stage,
} from '../../../http/web/src/api/session';

const tokens = (access: string, id = 'first') => ({ data: { access, expires_in: 600, operator: { id } } });

/// The server answers by path, whatever the body, and remembers who ended the session.
function serve(answers: Record<string, (token: string | null) => [number, unknown]>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string, call: RequestInit) => {
    const token = new Headers(call.headers).get('Authorization');
    asked.push(`${path.replace('/api/admin/', '')} ${token ?? '-'}`);
    const [status, body] = answers[path]!(token);
    return new Response(JSON.stringify(body), { status });
  });
  return asked;
}

const refused = (code: string) => ({ success: false, error: { code, message: code } });
const login = () => [200, tokens('old')] as [number, unknown];
const me = (token: string | null) =>
  [200, { data: { operator: { id: token === 'Bearer others' ? 'second' : 'first' }, permissions: {} } }] as [
    number,
    unknown,
  ];

afterEach(() => vi.unstubAllGlobals());

test('signing out after a long sleep ends the session, with a fresh token', async () => {
  const asked = serve({
    '/api/admin/login': login,
    '/api/admin/me': me,
    '/api/admin/refresh': () => [200, tokens('fresh')],
    '/api/admin/logout': (token) => (token === 'Bearer fresh' ? [200, {}] : [401, refused('token_expired')]),
  });
  await signIn('a@example.com', 'password', '123456');
  await signOut();
  expect(asked.at(-1)).toBe('logout Bearer fresh');
  expect(stage.value).toBe('signed-out');
  expect(accessToken()).toBeNull();
});

test('who could not be signed out stays signed in and is told', async () => {
  serve({
    '/api/admin/login': login,
    '/api/admin/me': me,
    '/api/admin/logout': () => [503, refused('service_unavailable')],
  });
  await signIn('a@example.com', 'password', '123456');
  await expect(signOut()).rejects.toThrow();
  expect(stage.value).toBe('signed-in');
});

test('a cookie that belongs to somebody else by now shows who that is', async () => {
  serve({
    '/api/admin/login': login,
    '/api/admin/me': me,
    '/api/admin/refresh': () => [200, tokens('others', 'second')],
  });
  await signIn('a@example.com', 'password', '123456');
  expect(signedIn.value?.operator.id).toBe('first');
  await renew();
  expect(signedIn.value?.operator.id).toBe('second');
});
