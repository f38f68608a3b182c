// What the pretended server answers over HTTP.

import { randomUUID } from 'node:crypto';
import { Office, paged } from './office.mjs';
import { explanationOf } from './office_rows.mjs';

const full = {
  'stations.write': 'full',
  'stations.command': 'full',
  'fleet.write': 'full',
  'rentals.override': 'full',
  'issues.manage': 'full',
  'pricing.write': 'full',
  'audit.read': 'full',
};
const grants = {
  super_admin: full,
  admin: full,
  operator: {
    ...full,
    'stations.write': 'read',
    'stations.command': 'limited',
    'rentals.override': 'read',
    'pricing.write': 'none',
    'audit.read': 'none',
  },
  moderator: {
    'stations.write': 'read',
    'stations.command': 'none',
    'fleet.write': 'read',
    'rentals.override': 'read',
    'issues.manage': 'full',
    'pricing.write': 'read',
    'audit.read': 'none',
  },
  finance: {
    'stations.write': 'none',
    'stations.command': 'none',
    'fleet.write': 'none',
    'rentals.override': 'read',
    'issues.manage': 'none',
    'pricing.write': 'read',
    'audit.read': 'read',
  },
};
const names = ['sita', 'ram', 'gita', 'hari', 'maya', 'bishal', 'anju', 'prakash'];
const statuses = ['ACTIVE', 'COMPLETED', 'COMPLETED', 'OVERDUE', 'CANCELLED', 'PENDING_POPUP'];
const iso = (ago) => new Date(Date.now() - ago).toISOString();
const minute = 60_000;

let cookieRole = null;
let proofAt = 0;
let office = null;
const proof = () => Date.now() - proofAt < 5 * minute;
const unproven = {
  status: 403,
  code: 'reauthentication_required',
  message: 'Show your password and code again first.',
};

function tokens(live, role) {
  const access = randomUUID();
  live.tokens.set(access, role);
  cookieRole = role;
  return { data: { access, expires_in: 600, operator: me(role).data.operator } };
}

function me(role) {
  const operator = {
    id: role,
    email: `${role}@example.com`,
    name: `${role[0].toUpperCase()}${role.slice(1)} Example`,
    role,
    is_active: true,
    last_login_at: iso(0),
  };
  return {
    data: {
      operator,
      permissions: grants[role],
      session: { id: '1', created_at: iso(0), authenticated_at: iso(0), expires_at: iso(-1e7) },
    },
  };
}

function rentalAt(index, city) {
  const status = statuses[index % statuses.length];
  const at = (offset) => city.list[(index * 37 + offset) % city.list.length];
  const station = ({ sn, name }) => ({ sn, name });
  const started = (index * 7 + 12) * minute;
  return {
    id: `rental-${index}`,
    rental_code: `R${String(104_000 + index)}`,
    status,
    payment_status: status === 'OVERDUE' ? 'PENDING' : 'PAID',
    user: { id: `u${index}`, username: names[index % names.length] },
    station: station(at(0)),
    return_station: status === 'COMPLETED' ? station(at(5)) : null,
    bank_sn: String(40_001_000 + index),
    package_name: index % 3 ? '1 hour' : '1 day',
    amount_paid: `${50 + (index % 4) * 25}.00`,
    started_at: iso(started),
    due_at: iso(started - 60 * minute),
    ended_at: status === 'COMPLETED' ? iso(started - 48 * minute) : null,
    created_at: iso(started + 20_000),
  };
}

function rentals({ url, city }) {
  const status = url.searchParams.get('status');
  const search = url.searchParams.get('search');
  const all = Array.from({ length: 240 }, (_, index) => rentalAt(index, city)).filter(
    (each) => (!status || each.status === status) && (!search || each.rental_code.includes(search)),
  );
  return paged(url, all);
}

const ended = new Map();

/// A rental ended by hand stays so.
function rental({ city, method, body, proof }, id, deed) {
  const one = { ...rentalAt(Number(id.split('-')[1]), city), ...ended.get(id) };
  if (method !== 'POST') return { data: deed === 'explanation' ? explanationOf(one) : one };
  if (!proof()) return unproven;
  const status = body.resolution === 'CANCELLED' ? 'CANCELLED' : 'COMPLETED';
  ended.set(id, { status, ended_at: iso(0) });
  return { data: { rental: { ...one, status } } };
}

function overview({ city, sn }) {
  const marker = city.markers.get(sn);
  const out = Array.from({ length: marker.active_out }, (_, at) => ({
    rental_code: `R20${at}11`,
    bank_sn: String(40_010_000 + at),
    started_at: iso(90 * minute),
    due_at: iso((at - 1) * 25 * minute),
    status: at > 1 ? 'OVERDUE' : 'ACTIVE',
  }));
  const issues = marker.issue
    ? [
        {
          id: 'i1',
          issue_type: 'SLOT_ERROR',
          description: 'The third slot keeps my bank and does not blink.',
          priority: marker.issue,
          status: 'REPORTED',
          reported_at: iso(3e6),
        },
      ]
    : [];
  return {
    data: {
      rentals_out: out,
      overdue: Math.max(0, out.length - 2),
      revenue_today: '1850.00',
      uptime_24h: 0.993,
      uptime_7d: 0.987,
      events: city.events.filter((each) => each.sn === sn).slice(0, 20),
      commands: [],
      issues,
    },
  };
}

const kinds = {
  check: 'check',
  reboot: 'reboot',
  'wifi/scan': 'wifi_scan',
  'wifi/connect': 'wifi_connect',
  volume: 'volume',
  mode: 'mode',
  eject: 'popup_sn',
};

function act({ city, live, sn, action, body, role }) {
  const may = ['limited', 'full'].includes(
    grants[role][action === 'maintenance' ? 'stations.write' : 'stations.command'],
  );
  if (!may) return { status: 403, code: 'permission_denied', message: 'Your role does not allow this.' };
  const station = city.stations.get(sn);
  if (action === 'maintenance') {
    station.isMaintenance = body.is_maintenance;
    city.touch(station);
    live.changed(sn);
    return { data: city.markers.get(sn) };
  }
  if (action === 'eject' && !proof()) return unproven;
  const slot = body.parameters?.slot ?? null;
  const command = {
    id: randomUUID(),
    station_sn: sn,
    kind: kinds[action] ?? String(body.command).toLowerCase(),
    state: 'QUEUED',
    slot,
    bank_sn: body.powerbank_sn ?? null,
    reason: body.reason ?? body.parameters?.reason ?? null,
    parameters: null,
    result: null,
    issued_by: role,
    created_at: iso(0),
    sent_at: null,
    replied_at: null,
    is_open: true,
    outcome: 'queued',
  };
  live.command({ ...command }, () => {
    if (!slot) return;
    station.slots[slot - 1].is_disabled = body.command === 'LOCK_SLOT';
    city.touch(station);
    live.changed(sn);
  });
  return { status: 202, data: { command } };
}

function layer({ url, city, name }) {
  const [south, west, north, east] = url.searchParams.get('bounds').split(',').map(Number);
  const points = [];
  for (const each of city.markers.values()) {
    if (each.lat < south || each.lat > north || each.lng < west || each.lng > east) continue;
    const { sn, lat, lng } = each;
    if (name === 'low_stock' && each.rentable < 2) points.push({ sn, lat, lng });
    if (name === 'rentals' && each.active_out > 3)
      points.push({ sn, lat, lng, status: 'ACTIVE', minutes_overdue: each.active_out > 4 ? 30 : 0 });
    if (name === 'demand') points.push({ sn, lat, lng, weight: each.active_out * 6 });
  }
  return { data: { points } };
}

function realm({ url, body, live }) {
  switch (url.pathname.slice('/api/admin/'.length)) {
    case 'page-config':
      return {
        data: {
          tile_style_url: null,
          time_zone: 'Asia/Kathmandu',
          languages: ['en', 'ne'],
          start_view: { lat: 28.2, lng: 84.1, zoom: 7 },
          version: 'mock',
        },
      };
    case 'login': {
      const role = { admin: 'super_admin' }[body.email.split('@')[0]] ?? body.email.split('@')[0];
      if (body.totp === '000000' || !grants[role])
        return { status: 401, code: 'invalid_credentials', message: 'These are not the right credentials.' };
      return tokens(live, role);
    }
    case 'refresh':
      return cookieRole
        ? tokens(live, cookieRole)
        : { status: 401, code: 'invalid_refresh_token', message: 'Please sign in again.' };
    case 'logout':
      cookieRole = null;
      return {};
    case 'reauthenticate':
      if (body.totp === '000000')
        return { status: 401, code: 'invalid_credentials', message: 'These are not the right credentials.' };
      proofAt = Date.now();
      return {};
    default:
      return null;
  }
}

export function answerAdmin(ask) {
  const early = realm(ask);
  if (early) return early;
  const { url, headers, live, city } = ask;
  const role = live.tokens.get((headers.authorization ?? '').slice('Bearer '.length));
  if (!role) return { status: 401, code: 'unauthenticated', message: 'Please sign in.' };
  const [kind, first, ...rest] = url.pathname.slice('/api/admin/'.length).split('/').map(decodeURIComponent);
  if (kind === 'me') return me(role);
  office ??= new Office(city);
  const answered = office.answer({ ...ask, role }, [kind, first, ...rest]);
  if (answered) return answered;
  if (kind === 'rentals' && !first) return rentals(ask);
  if (kind === 'rentals') return rental({ ...ask, proof }, first, rest[0]);
  if (kind === 'map') return layer({ ...ask, name: rest[0] });
  if (kind === 'stations' && !city.stations.has(first))
    return { status: 404, code: 'station_not_found', message: 'There is no such station.' };
  if (kind === 'stations' && rest[0] === 'overview') return overview({ city, sn: first });
  if (kind === 'stations') return act({ ...ask, sn: first, action: rest.join('/'), role });
  return { status: 404, code: 'not_found', message: 'There is nothing here.' };
}
