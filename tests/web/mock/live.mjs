// The pretended server's side of the live topics.

import { viewOf } from './city.mjs';

const whole = { bounds: [-85, -180, 85, 180], zoom: 7, filters: {} };

function itemsOf(view) {
  return new Map([
    ...view.clusters.map((each) => [each.key, JSON.stringify(each)]),
    ...view.stations.map((each) => [each.sn, JSON.stringify(each)]),
  ]);
}

export class Live {
  constructor(city) {
    this.city = city;
    this.clients = new Set();
    this.commands = [];
    this.mutedUntil = 0;
    this.tokens = new Map();
    setInterval(() => this.tick(), 250);
    setInterval(() => this.publish('metrics', 'metrics', this.metrics()), 1000);
  }

  obey(order, values) {
    if (order === 'mute') this.mutedUntil = Date.now() + Number(values.get('s') ?? 10) * 1000;
    if (order === 'cut') for (const client of this.clients) client.socket.terminate();
  }

  welcome(socket) {
    const client = { socket, topics: new Map(), view: whole, shown: new Map() };
    socket.on('message', (text) => this.take(client, JSON.parse(text)));
    socket.on('close', () => this.clients.delete(client));
  }

  send(client, frame) {
    if (Date.now() >= this.mutedUntil) client.socket.send(JSON.stringify(frame));
  }

  take(client, frame) {
    if (frame.type === 'auth') {
      if (!this.tokens.has(frame.token)) return client.socket.close(4401, 'unauthenticated');
      if (this.clients.has(client)) return undefined;
      this.clients.add(client);
      return this.send(client, {
        type: 'welcome',
        server_time: new Date().toISOString(),
        heartbeat_seconds: 20,
      });
    }
    if (frame.map) client.view = { ...whole, ...frame.map };
    if (frame.type === 'unsubscribe') return frame.topics.forEach((each) => client.topics.delete(each));
    const topics = frame.topics ?? [frame.topic];
    this.send(client, { type: 'subscribed', id: frame.id ?? null, topics, refused: [] });
    for (const topic of topics) this.snapshot(client, topic);
    return undefined;
  }

  snapshot(client, topic) {
    const revision = (client.topics.get(topic) ?? 0) + 1;
    client.topics.set(topic, revision);
    this.send(client, { type: 'snapshot', topic, revision, data: this.state(client, topic) });
  }

  state(client, topic) {
    if (topic === 'map') {
      const view = viewOf(this.city, client.view);
      client.shown = itemsOf(view);
      return view;
    }
    if (topic === 'events') return { events: this.city.events };
    if (topic === 'commands') return { commands: this.commands.slice(0, 50) };
    if (topic === 'metrics') return this.metrics();
    return this.city.detail(topic.slice('station:'.length)) ?? null;
  }

  publish(topic, event, data) {
    for (const client of this.clients) if (client.topics.has(topic)) this.tell(client, topic, event, data);
  }

  tell(client, topic, event, data) {
    const revision = client.topics.get(topic) + 1;
    client.topics.set(topic, revision);
    this.send(client, { type: 'event', topic, revision, event, at: new Date().toISOString(), data });
  }

  tick() {
    const happened = Array.from({ length: 5 }, () => this.city.step());
    const events = happened.map(({ event }) => event).filter(Boolean);
    if (events.length > 0) this.publish('events', 'feed', { events: [...events].reverse() });
    const pulses = events.map(({ lat, lng, sn, kind }) => ({ lat, lng, sn, kind }));
    for (const client of this.clients) if (client.topics.has('map')) this.tellMap(client, pulses);
    for (const { station } of happened) this.changed(station.sn);
  }

  changed(sn) {
    this.publish(`station:${sn}`, 'station', this.city.detail(sn));
  }

  tellMap(client, pulses) {
    const view = viewOf(this.city, client.view);
    const now = itemsOf(view);
    const differs = (name) => now.get(name) !== client.shown.get(name);
    const [south, west, north, east] = client.view.bounds;
    const delta = {
      clusters: view.clusters.filter((each) => differs(each.key)),
      stations: view.stations.filter((each) => differs(each.sn)),
      gone: [...client.shown.keys()].filter((name) => !now.has(name)),
      totals: view.totals,
      pulses: pulses.filter(
        (each) => each.lat > south && each.lat < north && each.lng > west && each.lng < east,
      ),
    };
    client.shown = now;
    this.tell(client, 'map', 'map.delta', delta);
  }

  metrics() {
    const stations = { online: 0, degraded: 0, offline: 0, maintenance: 0 };
    let seated = 0;
    let out = 0;
    for (const each of this.city.markers.values()) {
      stations[each.state.toLowerCase()]++;
      seated += each.banks;
      out += each.active_out;
    }
    return {
      stations,
      banks: { seated, rented: out, missing: 14, lost: 3, other: 41 },
      rentals: { active: out - 81, overdue: 81, pending: 4 },
      events_per_minute: 1180,
      commands_failing: 2,
      as_of: new Date().toISOString(),
    };
  }

  /// A command goes its way: queued, sent, answered.
  command(command, whenDone = () => undefined) {
    const news = (change) => {
      Object.assign(command, change);
      this.publish('commands', 'command', command);
    };
    this.commands.unshift(command);
    setTimeout(() => news({ state: 'SENT', outcome: 'sent', sent_at: new Date().toISOString() }), 300);
    setTimeout(() => {
      whenDone();
      news({
        state: 'OK',
        outcome: 'acknowledged',
        is_open: false,
        replied_at: new Date().toISOString(),
        result:
          command.kind === 'wifi_scan'
            ? { networks: [{ ssid: 'WorldLink' }, { ssid: 'Vianet 5G' }, { ssid: 'NTC-Fiber' }] }
            : {},
      });
    }, 1800);
  }
}
