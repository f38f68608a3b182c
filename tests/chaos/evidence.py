"""What was seen: the riders' history, wish by wish, and the database's rows."""

import collections
import dataclasses
import json
import pathlib
import re
import uuid

# The route that names a command (http/rentals, http/accounts): its id is a version 5 UUID of the rider's id
# as the name space and of "<route>\n<Idempotency-Key>".
routes = (
    (re.compile(r"/api/rentals/start$"), "start", "POST /api/rentals/start"),
    (re.compile(r"/api/rentals/[^/]+/extend$"), "extend", "POST /api/rentals/{id}/extend"),
    (re.compile(r"/api/rentals/[^/]+/cancel$"), "cancel", "POST /api/rentals/{id}/cancel"),
    (re.compile(r"/api/rentals/[^/]+/swap$"), "swap", "POST /api/rentals/{id}/swap"),
    (re.compile(r"/api/rentals/[^/]+/pay-due$"), "pay", "POST /api/rentals/{id}/pay-due"),
    (re.compile(r"/api/payments/wallet/demo-credit$"), "credit", "POST /api/payments/wallet/demo-credit"),
)
rental_in_path = re.compile(r"/api/rentals/([0-9a-f-]{36})/")

tables = (
    "users", "stations", "power_banks", "rentals", "rental_log", "rental_charges", "rental_payments",
    "rental_extensions", "rental_swaps", "device_commands", "ledger_journals", "ledger_lines",
    "ledger_accounts", "transactions", "stored_answers",
)


def paisa(text: str) -> int:
    """ "50.00" is 5000; exactly, never through floating point."""
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int((part + "00")[:2]))


@dataclasses.dataclass
class wish:
    """All attempts of one rider under one Idempotency-Key."""

    who: str
    key: str
    path: str
    body: dict
    kind: str
    route: str
    sent: int = 0
    answers: list = dataclasses.field(default_factory=list)

    @property
    def acknowledged(self) -> list:
        return [answer for answer in self.answers if answer["outcome"] == "acknowledged"]

    @property
    def refused(self) -> list:
        return [answer for answer in self.answers if answer["outcome"] == "refused"]

    @property
    def was_unknown(self) -> bool:
        """For a moment nobody knew: an attempt without an answer, or with one that decides nothing."""
        return self.sent > len(self.acknowledged) + len(self.refused)

    @property
    def fate(self) -> str:
        if self.acknowledged:
            return "acknowledged"
        return "refused" if self.refused else "unknown"

    @property
    def rental(self) -> str:
        found = rental_in_path.search(self.path)
        return found[1] if found else ""


@dataclasses.dataclass
class evidence:
    wishes: list
    settled: list  # What riders saw of the end of their rentals.
    wallets: dict  # By rider: what he saw at the end.
    empty_handed: list  # Who was told that he has a bank, and stood there without one.
    is_whole: bool  # The city came to its end.
    rows: dict

    def __post_init__(self):
        for table in tables:
            self.rows.setdefault(table, [])
        self.riders = {row["username"]: row["id"] for row in self.rows["users"] if row.get("username")}
        self.rentals = {row["id"]: row for row in self.rows["rentals"]}
        self.journals = {row["id"]: row for row in self.rows["ledger_journals"]}
        self.lines = collections.defaultdict(list)
        for row in self.rows["ledger_lines"]:
            self.lines[row["journal_id"]].append(row)
        self.journals_of = collections.defaultdict(list)
        for row in self.rows["ledger_journals"]:
            if row.get("rental_id"):
                self.journals_of[row["rental_id"]].append(row)

    def rider_of(self, one: wish) -> str:
        return self.riders.get(one.who, "")

    def command_of(self, one: wish) -> str:
        """The command's id as the server derives it."""
        rider = self.rider_of(one)
        return str(uuid.uuid5(uuid.UUID(rider), f"{one.route}\n{one.key}")) if rider else ""

    @staticmethod
    def read(folder: pathlib.Path) -> "evidence":
        rows = {table: read_lines(folder / "tables" / f"{table}.jsonl") for table in tables}
        return from_history(read_lines(folder / "history.jsonl"), rows)


def read_lines(path: pathlib.Path) -> list:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def from_history(history: list, rows: dict) -> evidence:
    wishes, settled, wallets, empty_handed, is_whole = {}, [], {}, [], False
    for line in history:
        what = line["what"]
        if what == "sent":
            known = wishes.setdefault((line["who"], line["path"], line["key"]), None)
            if known is None:
                found = ((kind, route) for pattern, kind, route in routes if pattern.search(line["path"]))
                kind, route = next(found, ("", ""))
                body = json.loads(line["body"]) if line.get("body") else {}
                known = wish(line["who"], line["key"], line["path"], body, kind, route)
                wishes[line["who"], line["path"], line["key"]] = known
            known.sent += 1
        elif what == "answered":
            wishes[line["who"], line["path"], line["key"]].answers.append(line)
        elif what == "settled":
            settled.append(line)
        elif what == "empty_handed":
            empty_handed.append(line)
        elif what == "wallet":
            wallets[line["who"]] = line
        elif what == "lived":
            is_whole = True
    return evidence(list(wishes.values()), settled, wallets, empty_handed, is_whole, rows)
