// What the pretended server answers about banks, issues, prices, unknown cabinets and what happened.

import { commandAt, day, iso, minute, pick, Rows, station } from './office_rows.mjs';

const rowsOfPage = 20;

/// A page of a table, as the real server cuts it.
export function paged(url, all) {
  const page = Number(url.searchParams.get('page') ?? 1);
  const size = Number(url.searchParams.get('page_size') ?? rowsOfPage);
  const total = Math.max(1, Math.ceil(all.length / size));
  return {
    data: {
      results: all.slice((page - 1) * size, page * size),
      pagination: {
        current_page: page,
        total_pages: total,
        total_count: all.length,
        page_size: size,
        has_next: page < total,
        has_previous: page > 1,
        next_page: null,
        previous_page: null,
      },
    },
  };
}

/// A feed: the cursor is where to go on.
function fed(url, all) {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const next = from + rowsOfPage;
  return { data: { results: all.slice(from, next), next_cursor: next < all.length ? String(next) : null } };
}

function matching(url, all, names) {
  return all.filter((each) =>
    names.every(([param, read = (row) => row[param]]) => {
      const wish = url.searchParams.get(param);
      return !wish || String(read(each)).toLowerCase().includes(wish.toLowerCase());
    }),
  );
}

const unknown = (what) => ({ status: 404, code: `${what}_not_found`, message: 'There is no such thing.' });
export class Office extends Rows {
  // ---- banks

  bank({ url, method, body }, [sn, more]) {
    if (!sn)
      return paged(
        url,
        matching(url, this.banks, [
          ['status'],
          ['search', (row) => row.serial_number],
          ['station_sn', (row) => row.station?.serial_number],
        ]),
      );
    if (sn === 'analytics') return { data: this.fleet() };
    const bank = this.banks.find((each) => each.serial_number === sn || each.id === sn);
    if (!bank) return unknown('powerbank');
    if (method === 'POST') return { data: Object.assign(bank, { status: body.status }) };
    if (more === 'history')
      return fed(
        url,
        Array.from({ length: 45 }, (_, index) => ({
          id: `rental-${index}`,
          rental_code: `R${104_000 + index}`,
          status: 'COMPLETED',
          station: station(this.city.list[index]),
          return_station_name: this.city.list[index + 1].name,
          start_battery: 90,
          return_battery: 41,
          created_at: iso(index * day),
          started_at: iso(index * day),
          ended_at: iso(index * day - 40 * minute),
        })),
      );
    return { data: { ...bank, stats: { minutes_rented: 5_230 }, rentals: [], cycle_logs: [] } };
  }

  fleet() {
    const by_status = {};
    for (const each of this.banks) by_status[each.status] = (by_status[each.status] ?? 0) + 1;
    return {
      total: this.banks.length,
      by_status,
      needs_attention: 17,
      average_battery: 61.4,
      utilisation: 12.5,
      cycles: 30_000.5,
      worn: 1,
      most_rented: [],
      stations: [],
      as_of: iso(0),
    };
  }

  // ---- issues

  issue({ url, method, body, role }, scope, id) {
    if (!id)
      return paged(
        url,
        matching(url, this.issues[scope], [['status'], ['priority'], ['type', (row) => row.issue_type]]),
      );
    const issue = this.issues[scope].find((each) => each.id === id);
    if (!issue) return unknown('issue');
    if (method === 'DELETE') this.issues[scope] = this.issues[scope].filter((each) => each !== issue);
    if (method === 'PATCH') {
      const { assigned_to_id, ...rest } = body;
      Object.assign(issue, rest, { resolved_at: rest.status === 'RESOLVED' ? iso(0) : issue.resolved_at });
      if (assigned_to_id !== undefined)
        issue.assigned_to = assigned_to_id && { id: assigned_to_id, email: `${role}@example.com` };
    }
    return { data: issue };
  }

  // ---- prices

  price({ url, method, body }, table, [id, deed]) {
    const rows = this.prices[table];
    if (id === 'test-calculation') {
      const counted = Math.max(0, body.overdue_minutes - 2);
      const fee = Math.min(100, counted * (50 / 60) * 2);
      return {
        data: { fee: fee.toFixed(2), effective_minutes: counted, capped: fee >= 100, rate: '5/6 per minute' },
      };
    }
    if (!id && method === 'POST') {
      if (body.name === 'refused')
        return {
          status: 400,
          code: 'validation_error',
          message: 'Some fields are not right.',
          details: [{ field: 'name', code: 'taken', message: 'There is one of this name.' }],
        };
      rows.push(this.made(table, { ...body, id: `made-${rows.length}` }));
      return { status: 201, data: rows.at(-1) };
    }
    if (!id) return paged(url, matching(url, rows, [['status']]));
    const row = rows.find((each) => each.id === id);
    if (!row) return unknown('configuration');
    if (deed === 'analytics')
      return {
        data: {
          total_uses: 13,
          confirmed_uses: 12,
          reserved_uses: 1,
          remaining_uses: 87,
          unique_users: 9,
          total_savings: '75.00',
        },
      };
    if (method === 'DELETE') {
      if (row.is_active && table === 'late-fee-configs')
        return {
          status: 409,
          code: 'cannot_delete_active_config',
          message: 'The active configuration stays.',
        };
      rows.splice(rows.indexOf(row), 1);
    } else if (deed) {
      for (const each of rows) each.is_active = each === row && deed === 'activate';
    } else if (method !== 'GET') Object.assign(row, body);
    return { data: row };
  }

  made(table, row) {
    if (table === 'late-fee-configs') return { ...row, is_active: false };
    if (table !== 'discounts') return row;
    const { station_id, package_id, ...rest } = row;
    return {
      ...rest,
      station: station(this.city.stations.get(station_id)),
      package: this.prices['rental-packages'].find((each) => each.id === package_id),
      used_count: 0,
      reserved_count: 0,
      created_at: iso(0),
    };
  }

  // ---- unknown cabinets

  stranger({ url, body }, [, imei, deed]) {
    if (!imei) return paged(url, matching(url, this.strangers, [['status'], ['search', (row) => row.imei]]));
    const one = this.strangers.find((each) => each.imei === imei);
    if (!one) return unknown('cabinet');
    one.status = deed === 'approve' ? 'APPROVED' : 'REJECTED';
    one.notes = body.reason ?? null;
    return deed === 'approve'
      ? {
          status: 201,
          data: { station: { serial_number: body.serial_number }, provisioning_until: iso(-60 * minute) },
        }
      : { data: one };
  }

  login({ method, body }, sn) {
    this.revoked ??= new Map();
    if (method === 'POST') this.revoked.set(sn, body.action === 'revoke' ? iso(0) : null);
    const revoked_at = this.revoked.get(sn) ?? null;
    return {
      data: {
        account: {
          imei: '863071000000007',
          username: 'cabinet-863071000000007',
          sim: '89977000000000000011',
          issued_at: iso(day),
          issues: 2,
          is_revoked: revoked_at !== null,
          revoked_at,
          provisioning_until: body.action === 'provision' ? iso(-60 * minute) : null,
        },
      },
    };
  }

  // ---- what happened

  commands({ url }) {
    const all = Array.from({ length: 50 }, (_, index) => commandAt(index, this.city.list[index]));
    return fed(url, matching(url, all, [['station_sn']]));
  }

  frames({ url }) {
    const all = Array.from({ length: 50 }, (_, index) => ({
      id: `frame-${index}`,
      station_sn: this.city.list[index].sn,
      device_uuid: `8630710${String(index).padStart(8, '0')}`,
      received_at: iso(index * 30_000),
      sync_type: pick(['STATUS', 'FULL', 'RETURNED'], index),
      direction: 'IN',
      door: 'mqtt',
      frame_type: 16,
      status: 'SUCCESS',
      error: null,
      frame: 'a8001910010402625940d501',
    }));
    return fed(url, matching(url, all, [['station_sn']]));
  }

  ofStation(sn) {
    return {
      data: {
        facts: this.city.events.slice(0, 8).map((each) => ({
          at: each.at,
          recorded_at: each.at,
          kind: each.kind,
          rule: null,
          rule_text: null,
          data: each.data,
        })),
        commands: [commandAt(1, { sn }), commandAt(2, { sn })],
        reports: [
          {
            received_at: iso(minute),
            door: 'mqtt',
            frame: '0x10',
            raw_hex: 'a8',
            meaning: 'A look at 8 slots: 40000001 in slot 1, 80 %.',
          },
        ],
        status: [
          { status: 'ONLINE', previous: 'OFFLINE', changed_at: iso(40 * minute), seconds_in_previous: 90 },
        ],
      },
    };
  }

  /// Null for what is not the office's.
  answer(ask, [kind, first, ...rest]) {
    const { url } = ask;
    switch (kind) {
      case 'powerbanks':
        return this.bank(ask, [first, ...rest]);
      case 'rental-packages':
      case 'late-fee-configs':
      case 'discounts':
        return this.price(ask, kind, [first, ...rest]);
      case 'cabinets':
        return this.stranger(ask, [first, ...rest]);
      case 'audit':
        return fed(url, matching(url, this.audit, [['action'], ['entity_id']]));
      case 'iot':
        return first === 'history' ? this.commands(ask) : this.frames(ask);
      case 'rentals':
      case 'stations':
        if (first === 'issues') return this.issue(ask, kind, rest[0]);
        if (kind === 'stations' && rest[0] === 'explanation') return this.ofStation(first);
        if (kind === 'stations' && rest[0] === 'broker-account') return this.login(ask, first);
        if (kind === 'stations' && !first)
          return paged(
            url,
            this.city.list
              .map(station)
              .filter((each) => matching(url, [each], [['search', JSON.stringify]]).length),
          );
    }
    return null;
  }
}
