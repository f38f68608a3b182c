#!/usr/bin/env python3
"""usage: report.py FOLDER --seed N --command TEXT --commit TEXT
What a run was and what came of it, as text, from FOLDER/rounds.jsonl and FOLDER/checked.json."""

import argparse
import collections
import json
import os
import pathlib
import platform
import statistics


def machine() -> str:
    names = [line.split(":", 1)[1].strip() for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    return f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}"


def kinds(rounds: list, which: str) -> collections.Counter:
    """By kind, without what was decided about each."""
    return collections.Counter(":".join(one.split(":")[:2]) for row in rounds for one in row[which].split())


def fault_table(rounds: list):
    by_target = collections.defaultdict(list)
    for kind, count in sorted(kinds(rounds, "faults").items()):
        target, verb = kind.split(":")
        by_target[target].append(f"{verb} {count}")
    yield "| what | faults |"
    yield "|---|---|"
    for target, verbs in by_target.items():
        yield f"| {target} | {', '.join(verbs)} |"


def recovery_text(rounds: list):
    """From the moment a round's faults are mended until a rider's wish is acknowledged again."""
    times = sorted(row["recovered_ms"] for row in rounds)
    longest = max(rounds, key=lambda row: row["recovered_ms"])
    yield (f"Recovery (mended until the next wish of a rider is acknowledged): "
           f"median {statistics.median(times):.0f} ms, nine of ten within {times[int(len(times) * 0.9)]} ms, "
           f"longest {longest['recovered_ms']} ms "
           f"(round {longest['round']}: {longest['faults'].replace(' ', ', ')}).")


def counted(by_name: dict) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(by_name.items())) or "none"


def report(folder: pathlib.Path, said) -> list:
    rounds = [json.loads(line) for line in (folder / "rounds.jsonl").read_text().splitlines()]
    checked = json.loads((folder / "checked.json").read_text())
    skipped = kinds(rounds, "skipped")
    lines = [
        "# Faults survived", "",
        f"- Commit of the checkout: {said.commit}",
        f"- Machine: {machine()}",
        f"- Command: `{said.command}`; seed {said.seed}", "",
        f"{sum(kinds(rounds, 'faults').values())} faults in {len(rounds)} rounds, "
        f"under a heavy city all the time; skipped: {counted(skipped)}.", "",
        *fault_table(rounds), "",
        *(recovery_text(rounds) if rounds else ()), "",
        f"The riders wished {checked['wishes']} things ({counted(checked['kinds'])}) in "
        f"{checked['requests']} requests: {checked['acknowledged']} were acknowledged, "
        f"{checked['refused']} refused. Of {checked['unknown for a while']} nobody knew the outcome for a "
        f"while; asked again with the same key they became: {counted(checked['resolved'])}. "
        f"{checked['answered again']} answers were asked for again later and were the same. "
        f"{checked['rentals']} rentals are in the database.", "",
    ]
    broken = checked["broken"]
    lines += [f"Broken promises: {len(broken) or 'none'}.", *(f"- {one}" for one in broken[:50])]
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    for name in ("--seed", "--command", "--commit"):
        parser.add_argument(name, required=True)
    said = parser.parse_args()
    print("\n".join(report(said.folder, said)))


if __name__ == "__main__":
    main()
