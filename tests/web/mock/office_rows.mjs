// The rows of the pretended office: banks, issues, prices, unknown cabinets, the log; and why a rental is as
// it is.

export const minute = 60_000;
export const day = 24 * 60 * minute;
export const iso = (ago) => new Date(Date.now() - ago).toISOString().replace(/\.\d+Z/, 'Z');
export const pick = (list, index) => list[index % list.length];
export const station = ({ sn, name }) => ({ id: sn, serial_number: sn, station_name: name });

// ---- why a rental is as it is

export function explanationOf(rental) {
  const start = Date.parse(rental.created_at);
  const at = (after) => new Date(start + after).toISOString().replace(/\.\d+Z/, 'Z');
  const fact = (after, kind, rule_text, data, late = 40) => ({
    at: at(after),
    recorded_at: at(after + late),
    kind,
    rule: rule_text && 'RULE',
    rule_text,
    text: `${kind}, in a sentence.`,
    data,
  });
  const returned = rental.ended_at !== null;
  const due = rental.status === 'OVERDUE' ? '21.67' : '0.00';
  return {
    rental: {
      ...rental,
      closure_reason: returned ? 'RETURNED' : null,
      start_battery_level: 92,
      return_battery_level: null,
    },
    summary: [
      `Rental ${rental.rental_code} began at ${rental.station.name} with bank ${rental.bank_sn}.`,
      returned ? 'The bank came back in time; nothing is owed.' : 'The bank is still out.',
    ],
    facts: [
      fact(0, 'rental-started', 'The price was taken from the wallet.', {
        package: rental.package_name,
        price: '50.00',
      }),
      fact(6_400, 'ejection-confirmed', 'The cabinet said that the bank left the slot.', {
        slot: 4,
        bank: rental.bank_sn,
      }),
      ...(returned
        ? [
            fact(
              48 * minute,
              'rental-returned',
              'The return ends the use when the cabinet saw it.',
              { slot: 2 },
              95_000,
            ),
          ]
        : []),
    ],
    money: {
      bill: {
        base: '50.00',
        extensions: '0.00',
        late_fee: due,
        lost_penalty: '0.00',
        adjustment: '0.00',
        paid: '50.00',
        due,
      },
      charges: [{ kind: 'BASE', n: 0, amount: '50.00', basis: { minutes: 60, list_price: '50.00' } }],
      payments: [
        {
          n: 0,
          transaction_id: 't1',
          amount: '50.00',
          wallet_amount: '30.00',
          points_used: 200,
          is_refund: false,
        },
      ],
      journals: [
        {
          event_key: `rental:${rental.id}:charge`,
          event_type: 'rental-charge',
          occurred_at: at(0),
          lines: [
            { account: '2000', unit: 'NPR', debit: '30.00', credit: '0.00' },
            { account: '2050', unit: 'NPR', debit: '0.00', credit: '30.00' },
          ],
        },
      ],
    },
    commands: [
      commandAt(0, rental.station, { created_at: at(400), bank_sn: rental.bank_sn, issued_by: 'rider' }),
    ],
    reports: [
      {
        received_at: at(6_300),
        door: 'mqtt',
        frame: '0x31',
        raw_hex: 'a80019140104026259d5010001010000000000000000000000',
        meaning: 'Bank 40001000 was to come out: success (01).',
      },
    ],
  };
}

export function commandAt(index, { sn }, more = {}) {
  return {
    id: `command-${index}`,
    station_sn: sn,
    kind: pick(['check', 'popup_sn', 'reboot', 'volume'], index),
    state: 'OK',
    slot: index % 3 ? null : 4,
    bank_sn: index % 3 ? null : '40000123',
    reason: index % 2 ? 'The riders asked for it' : null,
    parameters: null,
    result: {},
    issued_by: 'system',
    created_at: iso(index * 7 * minute),
    sent_at: iso(index * 7 * minute),
    replied_at: null,
    is_open: false,
    outcome: pick(['acknowledged', 'acknowledged', 'failed', 'timed_out'], index),
    ...more,
  };
}

// ---- the tables

const bankStates = [
  'AVAILABLE',
  'AVAILABLE',
  'RENTED',
  'AVAILABLE',
  'MAINTENANCE',
  'LOST',
  'QUARANTINED',
  'RESERVED',
];

/// The rows; what is asked of them is in office.mjs.
export class Rows {
  constructor(city) {
    this.city = city;
    const at = (index) => city.list[(index * 53) % city.list.length];
    this.banks = Array.from({ length: 120 }, (_, index) => {
      const status = pick(bankStates, index);
      const isOut = status === 'RENTED' || status === 'LOST';
      return {
        id: `bank-${index}`,
        serial_number: String(40_000_100 + index),
        status,
        battery_level: isOut ? null : 12 + ((index * 17) % 88),
        total_cycles: `${(index * 7) % 510}.2500`,
        total_rentals: index * 3,
        ejections: index * 3,
        station: isOut ? null : station(at(index)),
        slot: isOut ? null : 1 + (index % 8),
        rental_code: status === 'RENTED' ? `R${104_000 + index}` : null,
      };
    });
    const told = (index, type) => ({
      id: `issue-${index}`,
      issue_type: type,
      description: 'The third slot keeps my bank and does not blink; I stood there for ten minutes.',
      images: index % 4 ? [] : ['/media/slot.jpg'],
      notes: '',
      reported_at: iso(index * 50 * minute),
      resolved_at: null,
    });
    this.issues = {
      stations: Array.from({ length: 30 }, (_, index) => ({
        ...told(index, pick(['SLOT_ERROR', 'OFFLINE', 'DIRTY', 'DAMAGED'], index)),
        status: pick(['REPORTED', 'ACKNOWLEDGED', 'IN_PROGRESS', 'RESOLVED'], index),
        priority: pick(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], index),
        station: station(at(index)),
        reporter: { id: 'u1', username: 'sita' },
        assigned_to: null,
      })),
      rentals: Array.from({ length: 24 }, (_, index) => ({
        ...told(
          100 + index,
          pick(['POWER_BANK_DAMAGED', 'POWER_BANK_LOST', 'CHARGING_ISSUE', 'RETURN_ISSUE'], index),
        ),
        status: pick(['REPORTED', 'RESOLVED'], index),
        rental_id: `rental-${index}`,
        rental_code: `R${104_000 + index}`,
        station_name: at(index).name,
        bank_sn: String(40_001_000 + index),
        reporter: { id: 'u1', username: 'sita' },
      })),
    };
    this.prices = {
      'rental-packages': [
        ['1 hour', 60, '50.00', 'HOURLY'],
        ['4 hours', 240, '150.00', 'HOURLY'],
        ['1 day', 1440, '300.00', 'DAILY'],
      ].map(([name, duration_minutes, price, package_type], index) => ({
        id: `package-${index}`,
        name,
        description: '',
        duration_minutes,
        price,
        package_type,
        payment_model: 'PREPAID',
        is_active: index < 2,
        metadata: null,
      })),
      'late-fee-configs': [
        {
          id: 'fee-0',
          name: 'Twice, two minutes free',
          fee_type: 'MULTIPLIER',
          multiplier: '2.00',
          flat_rate_per_hour: '0.00',
          grace_period_minutes: 2,
          max_daily_rate: '100.00',
          applicable_package_types: ['HOURLY'],
          is_active: true,
          metadata: null,
        },
      ],
      discounts: [
        {
          id: 'discount-0',
          station: station(at(1)),
          package: { id: 'package-0', name: '1 hour' },
          discount_percent: '12.50',
          max_total_uses: 100,
          max_uses_per_user: 1,
          valid_from: iso(day),
          valid_until: iso(-30 * day),
          status: 'ACTIVE',
          may_be_free: false,
          used_count: 12,
          reserved_count: 1,
          created_at: iso(day),
        },
      ],
    };
    this.strangers = Array.from({ length: 5 }, (_, index) => ({
      imei: `86000000000001${index}`,
      status: index === 4 ? 'REJECTED' : 'WAITING',
      first_seen_at: iso((index + 2) * 300 * minute),
      last_seen_at: iso(index * 9 * minute),
      calls: 40 * (index + 1),
      door: index % 2 ? 'mqtt' : 'http',
      address: index % 2 ? null : '10.1.2.3',
      sim: index % 2 ? null : '89977000000000000011',
      hardware: 'hardware=V6086&software=60401',
      notes: index === 4 ? 'Not ours' : null,
    }));
    this.audit = Array.from({ length: 64 }, (_, index) => ({
      seq: 64 - index,
      id: `audit-${index}`,
      at: iso(index * 13 * minute),
      actor_type: 'operator',
      actor_id: '0192f0a0-0000-7000-8000-000000000001',
      action: pick(['operator.login', 'station.maintenance', 'powerbank.status'], index),
      entity: pick(['operator', 'station', 'powerbank'], index),
      entity_id: pick(['1', 'CT00007', '40000123'], index),
      before: index % 3 ? { status: 'AVAILABLE' } : null,
      after: index % 3 ? { status: 'MAINTENANCE' } : null,
      reason: index % 3 ? 'It was dropped' : null,
      ip: '127.0.0.1',
      hash: 'f00d',
    }));
  }
}
