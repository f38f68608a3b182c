/// What every browser test stands on: one Chromium, operators with their codes, the server's start and stop,
/// and riders who only know the public API.

import { createHash, createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { vi } from 'vitest';

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run tests/web/browser_test.sh`);
  return value;
}

export const url = wanted('CHAUTARI_URL');
const state = wanted('CHAUTARI_STATE');
const output = wanted('CHAUTARI_OUTPUT');
export const patience = 45_000;

export type Who = 'admin' | 'operator' | 'moderator' | 'finance';

interface Credentials {
  email: string;
  password: string;
  totp_secret: string;
}

export function credentialsOf(who: Who): Credentials {
  return JSON.parse(readFileSync(join(state, 'secrets', `operator_${who}`), 'utf8')) as Credentials;
}

function bytesOfBase32(text: string): Buffer {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of text.replace(/=+$/, '')) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((each) => Number.parseInt(each, 2)));
}

/// RFC 6238 with its defaults: SHA-1, 30 s, six digits.
export function totp(secret: string, at = Date.now()): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', bytesOfBase32(secret)).update(counter).digest();
  const offset = digest[19]! & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/// Asks the script that owns the server; answers when it is done.
export async function order(what: 'server-stop' | 'server-start'): Promise<void> {
  await writeFile(join(state, 'orders'), `${what}\n`);
  await readFile(join(state, 'obeyed'), 'utf8');
}

// ---- the browser

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: flags });
}

export interface Window {
  context: BrowserContext;
  page: Page;
  /// What the page complained about: errors of scripts and refusals of the content security policy.
  complaints: string[];
  /// Where requests went.
  hosts: Set<string>;
}

interface Look {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
  locale?: string;
}

export async function openWindow(browser: Browser, look: Look = {}): Promise<Window> {
  const { width = 1440, height = 900, scheme = 'light', locale = 'en-GB' } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale,
    hasTouch: width < 600,
    deviceScaleFactor: width < 600 ? 2 : 1,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  const complaints: string[] = [];
  const hosts = new Set<string>();
  page.on('pageerror', (why) => complaints.push(why.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /content security policy|refused to/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (protocol !== 'data:' && protocol !== 'blob:') hosts.add(host);
  });
  return { context, page, complaints, hosts };
}

export async function fillSignIn(page: Page, who: Who, code?: string): Promise<void> {
  const { email, password, totp_secret } = credentialsOf(who);
  await page.locator('[name=email]').fill(email);
  await page.locator('[name=password]').fill(password);
  await page.locator('[name=totp]').fill(code ?? totp(totp_secret));
  await page.locator('button[type=submit]').click();
}

export async function signedIn(browser: Browser, who: Who, look: Look = {}): Promise<Window> {
  const window = await openWindow(browser, look);
  await window.page.goto(`${url}/admin`);
  await fillSignIn(window.page, who);
  await window.page.locator('header.top').waitFor();
  return window;
}

export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(output, `${name}.png`) });
}

const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string }[];
}

/// What axe-core calls serious or critical, as sentences.
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe: judge } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: Violation[] }> };
    };
    return (await judge.run()).violations;
  });
  return found
    .filter((each) => each.impact === 'serious' || each.impact === 'critical')
    .map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

/// Shows again who sits here, if the server wants to know.
export async function prove(page: Page, who: Who): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Is it still you?' });
  const { password, totp_secret } = credentialsOf(who);
  await dialog.getByLabel('Password').fill(password);
  await dialog.getByLabel('Code').fill(totp(totp_secret));
  await dialog.getByRole('button', { name: 'Confirm' }).click();
}

// ---- a cabinet nobody knows, over its HTTP door

/// The sign of a call: no secret is in it.
function signOf(values: Record<string, string>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return createHash('md5').update(pairs.sort().join('|')).digest('hex');
}

export async function callAsCabinet(imei: string): Promise<number> {
  const signed = { deviceId: '0', simMobile: '', simUUID: '89977000000000000042', uuid: imei };
  const query = new URLSearchParams({ ...signed, sign: signOf(signed) });
  return (await fetch(`${url}/api/iot/client/con?${query}`)).status;
}

// ---- a rider, over the public API

export interface Answer {
  status: number;
  text: string;
}

/// The first value of that name, however deep.
export function field(json: string, name: string): string {
  const found = new RegExp(`"${name}" *: *"([^"]*)"`).exec(json);
  if (!found) throw new Error(`no ${name} in ${json.slice(0, 200)}`);
  return found[1]!;
}

export class Rider {
  private access = '';
  private keys = 0;

  constructor(private readonly phone: string) {}

  /// POST if there is a body, else GET.
  async ask(path: string, body?: unknown): Promise<Answer> {
    const headers: Record<string, string> = { 'Content-Type': 'application/json' };
    if (this.access) headers.Authorization = `Bearer ${this.access}`;
    if (body !== undefined) headers['Idempotency-Key'] = `web-${this.phone}-${++this.keys}`;
    const answer = await fetch(`${url}/api${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  }

  private letters(): string[] {
    const all = readdirSync(join(state, 'spool'));
    return all.filter((each) => each.includes(this.phone) && each.endsWith('.json'));
  }

  async signUp(username: string): Promise<void> {
    const identifier = this.phone;
    await this.ask('/auth/otp/request', { identifier });
    // The outbox hands the letter to its provider after the answer.
    const letter = await vi.waitUntil(() => this.letters().sort().at(-1), { timeout: 30_000, interval: 20 });
    const otp = field(readFileSync(join(state, 'spool', letter), 'utf8'), 'otp');
    const verified = await this.ask('/auth/otp/verify', { identifier, otp });
    const verification_token = field(verified.text, 'verification_token');
    const done = await this.ask('/auth/complete', { identifier, verification_token, username });
    this.access = field(done.text, 'access');
    await this.ask('/payments/wallet/demo-credit', { amount: '500.00' });
  }

  async start(station: string): Promise<Answer> {
    const packages = await this.ask('/rentals/packages');
    return this.ask('/rentals/start', { station_sn: station, package_id: field(packages.text, 'id') });
  }

  /// Rents until a bank came out: in this city some jam. The rental's id.
  async rent(): Promise<string> {
    const stations = await this.ask('/stations?available=true&page_size=30');
    for (const [, serial] of stations.text.matchAll(/"serial_number" *: *"([^"]*)"/g)) {
      const started = await this.start(serial!);
      if (started.status >= 400) continue;
      const id = field(started.text, 'rental_id');
      const status = async (): Promise<string> => field((await this.ask(`/rentals/${id}`)).text, 'status');
      await vi.waitUntil(async () => (await status()) !== 'PENDING_POPUP', {
        timeout: 60_000,
        interval: 200,
      });
      if ((await status()) === 'ACTIVE') return id;
    }
    throw new Error('no station gave a bank');
  }

  see(station: string): Promise<Answer> {
    return this.ask(`/stations/${station}`);
  }
}
