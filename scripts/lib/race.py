"""Figures of the races: lines of JSON in, tables and one JSON document out. The standard library only.

  race.py add      one measurement, with what every process used meanwhile, as a line of the figures
  race.py city     the city's summary as a driver's figures
  race.py pgbench  pgbench's log of transactions as a driver's figures
  race.py best     of several client counts, the one with the highest rate
  race.py report   medians as Markdown on standard output, and everything as JSON
"""

import argparse
import json
import pathlib
import statistics
import sys

# Who a process works for, by the name of its pid file.
roles = {"server": "server", "nginx": "server", "postgres": "database", "mosquitto": "broker",
         "city": "driver", "kiosk_events": "driver"}
shown_roles = ("server", "database", "broker", "driver")

# Given, not measured here: what well-built servers of other kinds do on two cores with the same job.
orientation = {"list": {"Django": 1100, "Node": 5700},
               "cycle": {"Django": 375, "Node": 2844, "pgbench": 5500}}
read_aim = 40 * orientation["list"]["Django"]
aims = {"list": read_aim, "cycle": 8000}

ceilings = {"list": "nginx", "nearby": "nginx", "detail": "nginx", "wallet": "nginx", "active": "nginx",
            "cycle": "pgbench", "frames": "mosquitto"}


def last_json(path):
    lines = [line for line in pathlib.Path(path).read_text().splitlines() if line.startswith("{")]
    if not lines:
        sys.exit(f"race.py: {path} holds no figures")
    return json.loads(lines[-1])


def ticks(path):
    found = {}
    for line in path.read_text().splitlines():
        name, value = line.rsplit(" ", 1)
        if "/" not in name:
            found[name] = int(value)
    return found


def cores(folder):
    """Processor time of each role between the two looks, in cores."""
    before, after = ticks(folder / "before.cpu"), ticks(folder / "after.cpu")
    span = after["seconds"] - before["seconds"]
    used = dict.fromkeys(shown_roles, 0.0)
    for name, role in roles.items():
        if name in after and name in before:
            used[role] += (after[name] - before[name]) / span
    timed = folder / "driver.time"
    if timed.exists() and timed.read_text().split():
        used["driver"] += sum(float(part) for part in timed.read_text().split()[-2:]) * 100 / span
    return {role: round(share, 2) for role, share in used.items()}


def memory(folder):
    """MiB of each role."""
    held = {}
    for line in (folder / "memory").read_text().splitlines():
        name, kib = line.split()
        held[roles[name]] = held.get(roles[name], 0) + int(kib) / 1024
    return {role: round(size, 1) for role, size in held.items()}


def rows_for_one(folder, count):
    """Rows inserted and updated for one cycle, by table."""
    before, after = ({name: (int(inserted), int(updated)) for name, inserted, updated in
                      (line.split("|") for line in (folder / file).read_text().splitlines())}
                     for file in ("rows.before", "rows.after"))
    # Counted where the rows are: the two looks are not at the moments between which cycles were counted.
    count = after["rentals"][0] - before.get("rentals", (0, 0))[0] or count
    grown = {}
    for name, now in after.items():
        was = before.get(name, (0, 0))
        each = [(now[at] - was[at]) / max(count, 1) for at in (0, 1)]
        if max(each) >= 0.05:
            grown[name] = f"{each[0]:.1f}+{each[1]:.1f}"
    return grown


def add(wish):
    told = last_json(wish.told)
    folder = pathlib.Path(wish.folder)
    if "stored" in told:  # bench_kiosk_events counts rows and knows no latency
        told.update(rate=told["stored"] / max(told["seconds"], 0.001), lost=told["sent"] - told["stored"])
    told.setdefault("errors", told.get("lost", 0))
    line = {"work": wish.work, "who": wish.who, "round": wish.round, **told, "cores": cores(folder),
            "resident_mib": memory(folder)}
    if (folder / "rows.before").exists():
        line["rows"] = rows_for_one(folder, told["count"])
    with open(wish.figures, "a", encoding="utf-8") as out:
        out.write(json.dumps(line) + "\n")
    print(f"   {wish.work:8} {wish.who:9} {told['rate']:10,.0f} /s  p99 {told.get('p99_ms', 0):8.2f} ms"
          f"  errors {told.get('errors', 0)}  {line['cores']}", flush=True)


def city(wish):
    all = last_json(wish.summary)
    told = {"count": wish.settled, "rate": wish.settled / wish.seconds,
            **{f"p{share}_ms": all[f"whole_p{share}_ms"] for share in (50, 95, 99)},
            "start": {f"p{share}_ms": all[f"start_p{share}_ms"] for share in (50, 95, 99)},
            "return": {f"p{share}_ms": all[f"return_p{share}_ms"] for share in (50, 95, 99)},
            "errors": all["violations"] + all["http_errors"]}
    if wish.beside:
        mix = last_json(wish.beside)
        told.update({part: mix[part] for part in ("reads", "own", "behind")})
        told["errors"] += mix["errors"]
    print(json.dumps(told))


def quantiles(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))] if values else 0.0
    return {"p50_ms": at(0.5), "p95_ms": at(0.95), "p99_ms": at(0.99)}


def pgbench(wish):
    """Its log: client, transaction, microseconds, script, and when."""
    took, failed = [], 0
    for path in pathlib.Path(wish.folder).glob(f"{wish.prefix}.*"):
        for line in path.read_text().splitlines():
            micros = line.split()[2]
            if micros.isdigit():
                took.append(int(micros) / 1000)
            else:
                failed += 1
    print(json.dumps({"count": len(took), "rate": len(took) / wish.seconds, **quantiles(took),
                      "errors": failed, "clients": wish.clients}))


def best(wish):
    lines = [json.loads(line) for line in pathlib.Path(wish.figures).read_text().splitlines()]
    tried = [line for line in lines if line["work"] == wish.work]
    if not tried:
        sys.exit(f"race.py: nothing was tried for {wish.work}")
    print(max(tried, key=lambda line: line["rate"])["clients"])


# ---- the report
# -------------------------------------------------------------------------------------------------------


def median(lines, *keys):
    found = []
    for line in lines:
        for key in keys:
            line = line.get(key) if isinstance(line, dict) else None
        if line is not None:
            found.append(line)
    return statistics.median(found) if found else None


def summed_up(lines):
    """The medians of a work's rounds."""
    row = {"rounds": len(lines), "rate": median(lines, "rate"),
           "errors": sum(line.get("errors", 0) for line in lines)}
    for share in ("p50_ms", "p95_ms", "p99_ms"):
        row[share] = median(lines, share)
    for part in ("start", "return"):
        if any(part in line for line in lines):
            row[part] = {share: median(lines, part, share) for share in ("p50_ms", "p95_ms", "p99_ms")}
    row["cores"] = {role: median(lines, "cores", role) for role in shown_roles}
    row["resident_mib"] = {role: median(lines, "resident_mib", role) for role in shown_roles}
    for extra in ("clients", "lost", "behind"):
        if median(lines, extra) is not None:
            row[extra] = median(lines, extra)
    return row


def number(value, digits=0):
    return "" if value is None else f"{value:,.{digits}f}"


def parts_of(values, digits):
    return " / ".join("–" if value is None else f"{value:.{digits}f}" for value in values)


def verdict(work, rate):
    aim = aims.get(work)
    if aim is None or not rate:
        return ""
    if rate >= aim:
        return f"{aim:,}: met, {rate / aim:.2f} of it"
    return f"{aim:,}: missed by {aim / rate:.1f} times"


def race_table(rows):
    yield ("| work | who | /s | p50 / p95 / p99 ms | of the ceiling "
           "| cores: server / database / broker / driver | MiB: server / database / broker | errors "
           "| given | aim |")
    yield "|---|---|---|---|---|---|---|---|---|---|"
    for work, ceiling in ceilings.items():
        top = rows.get((work, ceiling))
        for who in ("chautari", ceiling):
            row = rows.get((work, who))
            if row is None:
                continue
            ratio = f"{row['rate'] / top['rate']:.2f}" if who == "chautari" and top else ""
            given = orientation.get(work, {}) if who == "chautari" else {}
            yield (f"| {work} | {who} | {number(row['rate'])} | "
                   f"{parts_of((row['p50_ms'], row['p95_ms'], row['p99_ms']), 2)} | {ratio} | "
                   f"{parts_of(row['cores'].values(), 2)} | "
                   f"{parts_of(list(row['resident_mib'].values())[:3], 0)} | {number(row['errors'])} | "
                   f"{', '.join(f'{name} {rate:,}' for name, rate in given.items())} | "
                   f"{verdict(work, row['rate']) if who == 'chautari' else ''} |")


def mixed_table(rows, lines):
    mixed = rows.get(("mix", "chautari"))
    alone = rows.get(("cycle", "chautari"))
    if mixed is None or alone is None:
        return
    rounds = [line for line in lines if line["work"] == "mix"]
    reads, own = ([rows[work, "chautari"]["rate"] for work in works if (work, "chautari") in rows]
                  for works in (("list", "nearby", "detail"), ("wallet", "active")))
    share_of = {"reads": statistics.harmonic_mean(reads) if reads else None,
                "own": statistics.harmonic_mean(own) if own else None, "cycles": alone["rate"]}
    yield ""
    yield ("Mixed, 70 % public reads, 20 % wallet and active, 10 % cycles, at once: for each cycle settled "
           "the readers send 7 and 2. Alone: what each does by itself (of several reads the harmonic mean).")
    yield ""
    yield "| part | /s in the mix | /s alone | share of its own | p50 / p95 / p99 ms in the mix |"
    yield "|---|---|---|---|---|"
    for part, name in (("reads", "list, nearby, detail"), ("own", "wallet, active"), ("cycles", "cycles")):
        if part == "cycles":
            rate, latencies = mixed["rate"], [mixed[s] for s in ("p50_ms", "p95_ms", "p99_ms")]
        else:
            rate = median(rounds, part, "rate")
            latencies = [median(rounds, part, s) for s in ("p50_ms", "p95_ms", "p99_ms")]
        single = share_of[part]
        yield (f"| {name} | {number(rate)} | {number(single)} | "
               f"{'' if not single or rate is None else f'{rate / single:.2f}'} | {parts_of(latencies, 1)} |")
    yield ""
    yield (f"The mix has {parts_of(mixed['cores'].values(), 2)} cores for server / database / broker / "
           f"drivers, {number(mixed['errors'])} errors, and the readers were {number(mixed.get('behind'))} "
           f"requests behind.")


def notes(rows):
    cycle, function = rows.get(("cycle", "chautari")), rows.get(("cycle", "pgbench"))
    if cycle and "start" in cycle:
        yield ""
        yield (f"A cycle's latency is from the wish to rent to COMPLETED seen by the rider, the bank's way "
               f"out of one cabinet and into another over MQTT included. The start's answer alone: "
               f"{parts_of(cycle['start'].values(), 1)} ms; from the bank pushed in to COMPLETED seen: "
               f"{parts_of(cycle['return'].values(), 1)} ms (p50 / p95 / p99).")
    if function:
        yield ""
        yield f"pgbench was fastest with {number(function.get('clients'))} clients."
    for name, row in (("chautari", cycle), ("pgbench", function)):
        if row and row.get("rows"):
            yield ""
            yield f"Rows {name} inserts + updates for a cycle: " + "; ".join(
                f"{table} {parts}" for table, parts in row["rows"].items()) + "."


def report(wish):
    lines = [json.loads(line) for line in pathlib.Path(wish.figures).read_text().splitlines()]
    by = {}
    for line in lines:
        by.setdefault((line["work"], line["who"]), []).append(line)
    rows = {key: summed_up(found) for key, found in by.items()}
    for line in lines:
        if "rows" in line:
            rows[line["work"], line["who"]]["rows"] = line["rows"]
    for text in race_table(rows):
        print(text)
    for text in mixed_table(rows, lines):
        print(text)
    for text in notes(rows):
        print(text)
    document = {"given": orientation, "aims": aims, "failed": wish.failed, "conditions": wish.condition,
                "medians": [{"work": work, "who": who, **row} for (work, who), row in rows.items()],
                "rounds": lines}
    pathlib.Path(wish.json).write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    def command(name, act, **options):
        one = commands.add_parser(name)
        one.set_defaults(act=act)
        for option, settings in options.items():
            one.add_argument(f"--{option}", **settings)

    text, whole = {"required": True}, {"type": int, "required": True}
    command("add", add, figures=text, work=text, who=text, round=whole, told=text, folder=text)
    command("city", city, summary=text, settled=whole, seconds=whole, beside={"default": ""})
    command("pgbench", pgbench, folder=text, prefix=text, seconds=whole, clients=whole)
    command("best", best, figures=text, work=text)
    command("report", report, figures=text, json=text, failed={"action": "append", "default": []},
            condition={"action": "append", "default": []})
    wish = parser.parse_args()
    wish.act(wish)


if __name__ == "__main__":
    main()
