/// The one WebSocket of the page: topics, resumption, back-off, and an honest word about how fresh things
/// are.

import { computed, signal } from '@preact/signals';
import type { ServerFrame } from '../contract';
import { accessToken, reloadMe, renew, tokenGeneration } from '../api/session';
import { hearServerTime } from '../now';
import { waitBefore } from './backoff';
import { judge } from './revisions';

export type Link =
  | { is: 'connecting' }
  | { is: 'live' }
  /// Open, but nothing has come for too long.
  | { is: 'silent' }
  | { is: 'reconnecting'; at: number };

export const link = signal<Link>({ is: 'connecting' });
/// When the last frame came; null before the first.
export const lastFrameAt = signal<number | null>(null);
/// Until then what is shown was true.
export const isStale = computed(() => link.value.is !== 'live' && lastFrameAt.value !== null);

export interface Topic {
  /// More members of the subscribe and resume frames: the map's view.
  extras?: () => Record<string, unknown>;
  /// What each socket sees for itself (the map's view) cannot be taken up again by another socket.
  isPerSocket?: true;
  onState: (data: unknown) => void;
  onEvent: (data: unknown, event: string) => void;
  onRefused?: (code: string) => void;
}

interface Subscription extends Topic {
  known: number | null;
}

/// Metrics come each second; this much silence means that the line is dead, whatever the socket believes.
const silentAfter = 6_000;
const deadAfter = 20_000;
const unauthenticated = 4401;
const abnormal = 1006;

const topics = new Map<string, Subscription>();
let socket: WebSocket | null = null;
let isWelcome = false;
let attempt = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let watch: ReturnType<typeof setInterval> | undefined;
let frameIds = 0;

function say(frame: Record<string, unknown>): void {
  if (isWelcome && socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}

function ask(name: string, topic: Subscription): void {
  const extras = topic.extras?.() ?? {};
  if (topic.known === null || topic.isPerSocket) {
    say({ type: 'subscribe', id: ++frameIds, topics: [name], ...extras });
  } else {
    say({ type: 'resume', topic: name, revision: topic.known, ...extras });
  }
}

function take(frame: ServerFrame): void {
  switch (frame.type) {
    case 'welcome':
      isWelcome = true;
      hearServerTime(frame.server_time);
      attempt = 0;
      link.value = { is: 'live' };
      for (const [name, topic] of topics) ask(name, topic);
      return;
    case 'subscribed':
      for (const { topic, code } of frame.refused) topics.get(topic)?.onRefused?.(code);
      return;
    case 'error':
      if (frame.topic) topics.get(frame.topic)?.onRefused?.(frame.code);
      return;
    case 'snapshot':
    case 'event':
      takeNews(frame);
  }
}

function takeNews(frame: Extract<ServerFrame, { type: 'snapshot' | 'event' }>): void {
  const topic = topics.get(frame.topic);
  if (!topic) return;
  const verdict = judge(topic.known, frame);
  if (verdict === 'old') return;
  if (verdict === 'gap') {
    if (topic.known !== null) ask(frame.topic, topic);
    return;
  }
  topic.known = frame.revision;
  if (verdict === 'replace') topic.onState(frame.data);
  else topic.onEvent(frame.data, frame.type === 'event' ? frame.event : '');
}

function onMessage(event: MessageEvent): void {
  lastFrameAt.value = Date.now();
  if (link.peek().is === 'silent') link.value = { is: 'live' };
  try {
    take(JSON.parse(event.data as string) as ServerFrame);
  } catch (why) {
    if (!(why instanceof SyntaxError)) throw why;
  }
}

function lost(mine: WebSocket, code: number): void {
  if (mine !== socket) return;
  socket = null;
  isWelcome = false;
  clearInterval(watch);
  const wait = waitBefore(attempt++, Math.random());
  link.value = { is: 'reconnecting', at: Date.now() + wait };
  retry = setTimeout(() => void reopen(code === unauthenticated), wait);
}

async function reopen(wantsToken: boolean): Promise<void> {
  try {
    if (wantsToken) {
      if (!(await renew())) return;
      await reloadMe(); // A changed role closes sockets too.
    }
  } catch {
    // Not reachable: opening the socket will find that out too.
  }
  open();
}

function open(): void {
  const token = accessToken();
  if (!token) return;
  const url = new URL('/ws/admin', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (lastFrameAt.peek() !== null) link.value = { is: 'reconnecting', at: Date.now() };
  const mine = new WebSocket(url, 'chautari.v1');
  socket = mine;
  mine.addEventListener('open', () => mine.send(JSON.stringify({ type: 'auth', token })));
  mine.addEventListener('message', onMessage);
  mine.addEventListener('close', (event) => lost(mine, event.code));
  clearInterval(watch);
  const openedAt = Date.now();
  watch = setInterval(() => listen(mine, openedAt), 1_000);
}

function listen(mine: WebSocket, openedAt: number): void {
  const silence = Date.now() - Math.max(lastFrameAt.peek() ?? 0, openedAt);
  if (silence > silentAfter && link.peek().is === 'live') link.value = { is: 'silent' };
  if (silence > deadAfter && mine === socket) {
    mine.close();
    lost(mine, abnormal); // A dead line never answers the closing handshake; do not wait for it.
  }
}

export function subscribe(name: string, topic: Topic): () => void {
  const mine: Subscription = { ...topic, known: null };
  topics.set(name, mine);
  ask(name, mine);
  return () => {
    if (topics.get(name) !== mine) return;
    topics.delete(name);
    say({ type: 'unsubscribe', id: ++frameIds, topics: [name] });
  };
}

/// Says a topic's wishes anew (the map's view has moved); the server answers with a new snapshot.
export function resubscribe(name: string): void {
  const topic = topics.get(name);
  if (topic) say({ type: 'subscribe', id: ++frameIds, topics: [name], ...(topic.extras?.() ?? {}) });
}

/// Now, not when the back-off is over.
export function reconnectNow(): void {
  if (socket) return;
  clearTimeout(retry);
  open();
}

export function connect(): () => void {
  open();
  let shown = tokenGeneration.peek();
  const stop = tokenGeneration.subscribe((generation) => {
    if (generation === shown) return;
    shown = generation;
    const token = accessToken();
    if (token) say({ type: 'auth', token });
  });
  addEventListener('online', reconnectNow);
  return () => {
    stop();
    removeEventListener('online', reconnectNow);
    clearTimeout(retry);
    clearInterval(watch);
    const mine = socket;
    socket = null;
    isWelcome = false;
    mine?.close();
    for (const topic of topics.values()) topic.known = null;
    lastFrameAt.value = null;
    link.value = { is: 'connecting' };
  };
}
