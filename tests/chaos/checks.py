"""The promises, one function each: from evidence to sentences about what is broken."""

import collections
import uuid

from evidence import evidence, paisa

# Accounts that riders have: money, goodwill, held, owed, points (actors/accounts/ledger_postings.cpp).
riders_accounts = ("2000", "2001", "2010", "1200", "P200")
nobody = str(uuid.UUID(int=0))
paisa_per_point = 10
open_states = ("PENDING", "PENDING_POPUP", "ACTIVE", "OVERDUE")

# Of an answer, what may not differ when the same is asked again. A start may say first that the cabinet is
# still at it; the others are repeated to the letter.
start_essentials = ("rental_id", "rental_code", "pricing", "package", "station", "user")


def essentials(kind: str, data: dict) -> dict:
    return {key: data.get(key) for key in start_essentials} if kind == "start" else data


# ---- wishes
# -------------------------------------------------------------------------------------------------------


def same_answer_again(seen: evidence):
    """Whoever asks again with the same key is told the first outcome."""
    for one in seen.wishes:
        told = [essentials(one.kind, answer.get("data") or {}) for answer in one.acknowledged]
        if any(data != told[0] for data in told):
            yield f"{one.who} asked for {one.path} with {one.key} and was told two things: {told}"
        decided = [answer for answer in one.answers if answer["outcome"] != "unknown"]
        if len({answer["outcome"] for answer in decided}) > 1 and not failed_since(seen, one):
            yield f"{one.who}: {one.path} with {one.key} was both acknowledged and refused"
        codes = {answer.get("code") for answer in one.refused}
        if "idempotency_key_reused" in codes:
            yield f"{one.who}: {one.key} was taken for another request's key"


def failed_since(seen: evidence, one) -> bool:
    """The one outcome that may follow another: the cabinet was still at it, and then no bank came out."""
    told_first = {answer["data"].get("status") for answer in one.acknowledged}
    if one.kind != "start" or told_first != {"PENDING_POPUP"}:
        return False
    rental = seen.rentals.get(one.acknowledged[0]["data"]["rental_id"], {})
    told = {(answer.get("code"), (answer.get("context") or {}).get("rental_id")) for answer in one.refused}
    return rental.get("status") == "CANCELLED" and told == {("ejection_failed", rental["id"])}


def unknown_is_asked_again(seen: evidence):
    """A rider who does not know what became of his wish asks until he does."""
    for one in seen.wishes:
        if seen.is_whole and one.fate == "unknown":
            yield f"{one.who} never learned what became of {one.path} with {one.key} ({one.sent} attempts)"


def acknowledged_starts(seen: evidence):
    """Each acknowledged start is one rental: this rider's, this command's, at this price."""
    started_by = collections.Counter(row["started_by"] for row in seen.rows["rentals"])
    for one in seen.wishes:
        if one.kind != "start" or not one.acknowledged:
            continue
        data = one.acknowledged[0]["data"]
        rental = seen.rentals.get(data["rental_id"])
        here = f"the acknowledged start {data['rental_id']} of {one.who}"
        if rental is None:
            yield f"{here} is lost"
            continue
        if rental["rider_id"] != seen.rider_of(one):
            yield f"{here} belongs to {rental['rider_id']}"
        if rental["started_by"] != seen.command_of(one) or started_by[rental["started_by"]] != 1:
            yield f"{here} is of another command, or one of {started_by[rental['started_by']]} of this one"
        if rental["code"] != data["rental_code"] or rental["station_serial"] != one.body["station_sn"]:
            yield f"{here} is not what was asked for or told: {rental['code']} at {rental['station_serial']}"
        if rental["price"] not in (0, paisa(data["pricing"]["actual_price"])):
            yield f"{here} costs {rental['price']} and not {data['pricing']['actual_price']}"


def refused_starts(seen: evidence):
    """Of a refused start nothing stays, but perhaps a cancelled rental that cost nothing."""
    by_command = {row["started_by"]: row for row in seen.rows["rentals"]}
    for one in seen.wishes:
        if one.kind != "start" or one.fate != "refused":
            continue
        rental = by_command.get(seen.command_of(one))
        if rental is not None and rental["status"] != "CANCELLED":
            why = one.refused[0].get("code")
            yield f"{one.who} was refused ({why}), but rental {rental['id']} is {rental['status']}"


def no_rental_without_command(seen: evidence):
    """Each rental of the history's riders was asked for by its rider."""
    asked = {seen.command_of(one): one for one in seen.wishes if one.kind == "start"}
    known = set(seen.riders[one.who] for one in seen.wishes if one.who in seen.riders)
    for rental in seen.rows["rentals"]:
        if rental["rider_id"] in known and rental["started_by"] not in asked:
            yield f"rental {rental['id']} of {rental['rider_name']} was asked for by nobody"


def settled_as_seen(seen: evidence):
    """What a rider saw as the end of his rental is its end, and it ended once."""
    ends = collections.Counter()
    for row in seen.rows["rental_log"]:
        if row["kind"] in ("rental-returned", "rental-quick-return"):
            ends[row["rental_id"]] += 1
    for line in seen.settled:
        rental = seen.rentals.get(line["rental"])
        if rental is None or rental["status"] != line["status"]:
            state = "lost" if rental is None else rental["status"]
            yield f"{line['who']} saw rental {line['rental']} {line['status']}, but it is {state}"
        if ends[line["rental"]] > 1:
            yield f"rental {line['rental']} ended {ends[line['rental']]} times"


def acknowledged_extensions(seen: evidence):
    """Each acknowledged extension is one row with one payment; no row without a wish."""
    rows = {row["id"]: row for row in seen.rows["rental_extensions"]}
    paid = collections.Counter(row["event_key"] for row in seen.rows["ledger_journals"])
    told, wished = collections.Counter(), collections.Counter()
    for one in seen.wishes:
        if one.kind != "extend":
            continue
        wished[one.rental] += one.fate != "refused"
        if not one.acknowledged:
            continue
        data = one.acknowledged[0]["data"]
        told[data["extension_id"]] += 1
        row = rows.get(data["extension_id"])
        if row is None or row["rental_id"] != one.rental or row["cost"] != paisa(data["extension_cost"]):
            yield f"the acknowledged extension {data['extension_id']} of {one.who} is lost or another: {row}"
        elif row["cost"] > 0 and paid[f"ext:{row['id']}"] != 1:
            yield f"extension {row['id']} was paid {paid['ext:' + row['id']]} times"
    for name, times in told.items():
        if times > 1:
            yield f"extension {name} was told to {times} wishes"
    counted = collections.Counter(row["rental_id"] for row in seen.rows["rental_extensions"])
    for rental, count in counted.items():
        if count > wished[rental]:
            yield f"rental {rental} was extended {count} times, wished for {wished[rental]} times"


def acknowledged_payments(seen: evidence):
    """Each acknowledged payment of a debt is one journal over its amount, told to one wish."""
    told = collections.Counter()
    for one in seen.wishes:
        if one.kind != "pay" or not one.acknowledged:
            continue
        data = one.acknowledged[0]["data"]
        told[data["transaction_id"]] += 1
        name = data["transaction_id"]
        journal = seen.journals.get(name)
        settled = sum(line["credit"] - line["debit"] for line in seen.lines[name] if line["code"] == "1200")
        if journal is None or journal["rental_id"] != one.rental or settled != paisa(data["amount_paid"]):
            yield f"the acknowledged payment {name} of {one.who} is lost or another: {settled}"
    for name, times in told.items():
        if times > 1:
            yield f"payment {name} was told to {times} wishes"


def credits(seen: evidence):
    """Each acknowledged credit is there once; no credit without a wish."""
    topped_up = collections.defaultdict(list)
    for row in seen.rows["ledger_journals"]:
        if row["event_key"].startswith("topup:demo:"):
            topped_up[row["event_key"].removeprefix("topup:demo:")].append(row)
    wished = set()
    for one in seen.wishes:
        if one.kind != "credit":
            continue
        command = seen.command_of(one)
        wished.add(command)
        found = topped_up.get(command, [])
        lines = [line for row in found for line in seen.lines[row["id"]]]
        amount = sum(line["credit"] for line in lines if line["code"] == "2000")
        if one.fate == "acknowledged" and (len(found) != 1 or amount != paisa(one.body["amount"])):
            yield f"the acknowledged credit {one.key} of {one.who} is there {len(found)} times over {amount}"
        if one.fate == "refused" and found:
            yield f"the refused credit {one.key} of {one.who} is in the books"
    known = set(seen.riders[one.who] for one in seen.wishes if one.who in seen.riders)
    for command, rows in topped_up.items():
        if rows[0]["rider_id"] in known and command not in wished:
            yield f"credit {rows[0]['event_key']} was asked for by nobody"


def cancelled_as_told(seen: evidence):
    for one in seen.wishes:
        rental = seen.rentals.get(one.rental)
        if one.kind == "cancel" and one.acknowledged and (rental is None or rental["status"] != "CANCELLED"):
            yield f"{one.who} was told that rental {one.rental} is cancelled, but it is not"


# ---- books and banks
# -------------------------------------------------------------------------------------------------------


def books_balance(seen: evidence):
    """Each journal is whole and balanced, each event key unique, each account the sum of its lines."""
    keys = collections.Counter(row["event_key"] for row in seen.rows["ledger_journals"])
    for key, times in keys.items():
        if times > 1:
            yield f"{key} was posted {times} times"
    sums = collections.Counter()
    for row in seen.rows["ledger_journals"]:
        lines = seen.lines[row["id"]]
        if len(lines) != row["line_count"]:
            yield f"journal {row['event_key']} has {len(lines)} of {row['line_count']} lines"
        by_unit = collections.Counter()
        for line in lines:
            by_unit[line["commodity"]] += line["debit"] - line["credit"]
            owner = line["owner_id"] if line["code"] in riders_accounts else nobody
            sums[line["code"], owner, line["commodity"]] += line["credit"] - line["debit"]
        if any(by_unit.values()):
            yield f"journal {row['event_key']} is off by {dict(by_unit)}"
    for journal in set(seen.lines) - set(seen.journals):
        yield f"lines of journal {journal} have no journal"
    held = collections.Counter()
    for row in seen.rows["ledger_accounts"]:
        sign = -1 if row["normal"] == "D" else 1
        held[row["code"], row["owner_id"], row["commodity"]] = sign * row["balance"]
        if row["balance"] < 0 and not row["allow_negative"]:
            yield f"account {row['code']} of {row['owner_id']} is below zero: {row['balance']}"
    for account in set(sums) | set(held):
        if sums[account] != held[account]:
            yield f"account {account} holds {held[account]}, its lines sum up to {sums[account]}"


def wallets_as_seen(seen: evidence):
    """What a rider was shown at the end is what the books say."""
    accounts = {(row["code"], row["owner_id"]): row["balance"] for row in seen.rows["ledger_accounts"]}
    for who, shown in seen.wallets.items():
        rider = seen.riders.get(who, "")
        money = accounts.get(("2000", rider), 0) + accounts.get(("2001", rider), 0)
        points = accounts.get(("P200", rider), 0)
        if paisa(shown["balance"]) != money or shown["points"] != points:
            yield (f"{who} was shown {shown['balance']} and {shown['points']} points, "
                   f"the books say {money} and {points}")


def billed_once(seen: evidence):
    """A rental is charged once and earned once, or given back; a cancelled one costs nothing."""
    for rental in seen.rows["rentals"]:
        keys = [row["event_key"] for row in seen.journals_of[rental["id"]]]
        events = collections.Counter(key.split(":")[2] for key in keys if key.startswith("rental:"))
        for event in ("charge", "earn", "release", "usage", "hold", "late"):
            if events[event] > 1:
                yield f"rental {rental['id']} has {events[event]} journals {event}"
        if events["earn"] and events["release"]:
            yield f"rental {rental['id']} was both earned and given back"
        if rental["status"] == "CANCELLED":
            yield from costs_nothing(seen, rental)
        elif rental["status"] == "COMPLETED" and rental["price"] > 0 and not events["earn"]:
            yield f"rental {rental['id']} is over but was not paid for: {dict(events)}"


def costs_nothing(seen: evidence, rental: dict):
    spent = collections.Counter()
    for row in seen.journals_of[rental["id"]]:
        for line in seen.lines[row["id"]]:
            if line["code"] in riders_accounts:
                spent[line["commodity"]] += line["debit"] - line["credit"]
    if any(spent.values()):
        yield f"rental {rental['id']} cost its rider {dict(spent)}"


def nothing_for_nothing(seen: evidence):
    """Who stood there without a bank pays nothing in the end, whatever the server believed for a while."""
    for line in seen.empty_handed:
        rental = seen.rentals.get(line["rental"])
        if seen.is_whole and rental is not None:
            yield from (f"{line['who']} got no bank: {found}" for found in costs_nothing(seen, rental))


def charges_once(seen: evidence):
    counted = collections.Counter((row["rental_id"], row["kind"]) for row in seen.rows["rental_charges"])
    for (rental, kind), times in counted.items():
        if kind in ("BASE", "LATE_FEE", "CANCEL_FEE") and times > 1:
            yield f"rental {rental} has {times} charges {kind}"


def holds_are_over(seen: evidence):
    """At rest nothing is held any more: not for a rental, not of a rider's wallet."""
    deferred = collections.Counter()
    for lines in seen.lines.values():
        for line in lines:
            if line["code"] == "2050":
                deferred[line["owner_id"]] += line["credit"] - line["debit"]
    for rental, amount in deferred.items():
        is_open = rental in seen.rentals and seen.rentals[rental]["status"] in open_states
        if amount and not is_open:
            yield f"{amount} paisa of rental {rental} are neither earned nor given back"
    held_for = collections.Counter()
    for rental in seen.rows["rentals"]:
        if rental["status"] in open_states:
            held_for[rental["rider_id"]] += (rental.get("life") or {}).get("held", 0)
    for row in seen.rows["ledger_accounts"]:
        if row["code"] == "2010" and row["balance"] != held_for[row["owner_id"]]:
            yield f"{row['balance']} paisa of rider {row['owner_id']} are still held"


def banks_in_one_place(seen: evidence):
    """Each bank is in one slot of one station, or out in one open rental, or known to be missing."""
    places = collections.Counter()
    slots = {row["id"]: row["total_slots"] for row in seen.rows["stations"]}
    bound = {row["bank_id"] for row in seen.rows["rentals"] if row["status"] in open_states}
    serials = collections.Counter(row["serial"] for row in seen.rows["power_banks"])
    for serial, times in serials.items():
        if times > 1:
            yield f"bank {serial} is there {times} times"
    for bank in seen.rows["power_banks"]:
        if bank["station_id"] is not None:
            places[bank["station_id"], bank["slot"]] += 1
            if bank["slot"] > slots.get(bank["station_id"], 0):
                yield f"bank {bank['serial']} sits in slot {bank['slot']}, which is not there"
            if bank["status"] == "RENTED":
                yield f"bank {bank['serial']} is rented and in a slot"
        elif bank["status"] in ("AVAILABLE", "RESERVED"):
            yield f"bank {bank['serial']} is {bank['status']} but nowhere"
        if bank["status"] in ("RENTED", "RESERVED") and bank["id"] not in bound:
            yield f"bank {bank['serial']} is {bank['status']} for no open rental"
    for place, count in places.items():
        if count > 1:
            yield f"{count} banks share slot {place[1]} of station {place[0]}"


def nothing_is_open(seen: evidence):
    """When the city has come to its end, every rental of its riders is over and no ejection is in flight."""
    if not seen.is_whole:
        return
    known = set(seen.riders.values())
    for rental in seen.rows["rentals"]:
        if rental["status"] in open_states and rental["rider_id"] in known:
            yield f"rental {rental['id']} of {rental['rider_name']} is still {rental['status']}"
    for command in seen.rows["device_commands"]:
        rental = seen.rentals.get(command["rental_id"] or "")
        if command["is_open"] and rental and rental["status"] not in open_states:
            yield f"command {command['id']} of the closed rental {rental['id']} is still {command['state']}"


promises = (
    same_answer_again, unknown_is_asked_again, acknowledged_starts, refused_starts, no_rental_without_command,
    settled_as_seen, acknowledged_extensions, acknowledged_payments, credits, cancelled_as_told,
    books_balance, wallets_as_seen, billed_once, charges_once, holds_are_over, banks_in_one_place,
    nothing_is_open, nothing_for_nothing,
)


def all_findings(seen: evidence) -> list:
    return [finding for promise in promises for finding in promise(seen)]


def figures(seen: evidence) -> dict:
    """What there was to check: requests, unknown outcomes, and how each was resolved."""
    unknown = [one for one in seen.wishes if one.was_unknown]
    return {
        "wishes": len(seen.wishes),
        "requests": sum(one.sent for one in seen.wishes),
        "acknowledged": sum(bool(one.acknowledged) for one in seen.wishes),
        "refused": sum(one.fate == "refused" for one in seen.wishes),
        "unknown for a while": len(unknown),
        "answered again": sum(len(one.acknowledged) > 1 for one in seen.wishes),
        "rentals": len(seen.rows["rentals"]),
        "resolved": dict(collections.Counter(f"{one.kind} {one.fate}" for one in unknown)),
        "kinds": dict(collections.Counter(one.kind for one in seen.wishes)),
    }
