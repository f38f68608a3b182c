"""The tables of scripts/bench overload and scripts/bench storm, from what bench_overload reports as JSON.

    overload.py load REPORT shed_reads shed_new_rental shed_rider shed_cabinets shed_operators frames_ignored
    overload.py storm marks_stored marks_different rentals_open memory_mib REPORT...
"""

import json
import sys

KINDS = ("reads", "new_rental", "rider", "cabinets", "operators")
SMALL_TABLE = "| | |\n|---|---|"
PHASES = ("| phase | requests | offered /s | good /s | p50 ms | p99 ms | refused | others |\n"
          "|---|---|---|---|---|---|---|---|")


def row(*cells):
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def others_of(one):
    words = [f"{status}: {count}" for status, count in one["others"].items()]
    if one["impossible"]:
        words.append(f"not offered for want of a rider or a bank: {one['impossible']}")
    return ", ".join(words) or "none"


def load(report, *shed):
    starts = report["load"]["starts"]
    peak = report["sustainable_rate"]
    hinted = "yes" if starts["refused_without_hint"] == 0 else f"**no** ({starts['refused_without_hint']})"
    recovered = report["recovered_after_s"]
    print(SMALL_TABLE)
    row("sustainable starts /s (the peak)", f"{peak:.0f}")
    row("offered /s, times the peak", f"{starts['offered_rate']:.0f}, {starts['offered_rate'] / peak:.1f}")
    row("goodput /s, of the peak", f"{starts['good_rate']:.0f}, **{starts['good_rate'] / peak:.2f}**")
    row("refused, all of them with Retry-After", f"{starts['refused']}, {hinted}")
    row("refusal p50, p99 ms", f"{starts['refused_p50_ms']:.1f}, {starts['refused_p99_ms']:.1f}")
    row("of that, how late the driver sent: p50, p99 ms",
        f"{starts['late_p50_ms']:.1f}, {starts['late_p99_ms']:.1f}")
    row(f"every second's p99 of starts under {report['usual_ms']:.0f} ms again after",
        f"{recovered} s" if recovered >= 0 else "**not while it was watched**")
    row("refused for overload, by kind of work",
        ", ".join(f"{kind} {float(count):.0f}" for kind, count in zip(KINDS, shed)))
    row("frames of cabinets not taken because too many were under way", f"{float(shed[len(KINDS)]):.0f}")
    row("cabinets' lines lost, banks that never came back",
        f"{report['lines_lost']}, {report['banks_left_out']}")
    row("banks ejected, brought back during and after", f"{report['ejections']}, {report['returns']}")
    print("\n" + PHASES)
    for phase in ("before", "load", "after"):
        for kind, one in report[phase].items():
            row(phase, kind, f"{one['offered_rate']:.0f}", f"{one['good_rate']:.0f}",
                f"{one['good_p50_ms']:.1f}", f"{one['good_p99_ms']:.1f}", one["refused"], others_of(one))
    looks = ", ".join(f"{look['phase']} {look['mib']:.0f}" for look in report["memory"])
    print(f"\nMemory of the server, MiB every 5 s: {looks}.")


def storm(stored, different, still_open, memory, *reports):
    """Several drivers with a part of the cabinets each; a percentile is the worst of theirs."""
    def total(name):
        return sum(one[name] for one in reports)

    def last(name):
        return max(one[name] for one in reports) if all(one[name] >= 0 for one in reports) else -1

    during = [one["starts_during"] for one in reports]
    starts = {name: sum(one[name] for one in during) for name in ("offered", "good", "refused", "impossible")}
    starts["others"] = {status: sum(one["others"].get(status, 0) for one in during)
                        for status in sorted({status for one in during for status in one["others"]})}
    back, checked = last("all_back_s"), last("all_checked_s")
    print(SMALL_TABLE)
    row("cabinets; the last one is back after", f"{total('cabinets')}; " +
        (f"**{back:.1f} s**" if back >= 0 else "**not while it was watched**"))
    row("sessions lost once more", total("lost_again"))
    row("checks answered; every cabinet has answered one after", f"{total('checks_answered')}; " +
        (f"{checked:.1f} s" if checked >= 0 else f"**{total('not_checked')} have not**"))
    row("frames with a mark said after coming back; stored; different ones of these",
        f"{total('marks_after')}; {stored}; {different}")
    row("banks returned while dark; rentals still open at the end",
        f"{total('returns_in_the_dark')}; {still_open}")
    row("starts offered; answered 201", f"{starts['offered']}; {starts['good']}")
    row("starts p50, p99 ms, of each driver",
        "; ".join(f"{one['good_p50_ms']:.1f}, **{one['good_p99_ms']:.1f}**" for one in during))
    row("starts refused with 503; others", f"{starts['refused']}; {others_of(starts)}")
    row("memory of the server at the end, MiB", f"{float(memory):.0f}")
    seconds = ", ".join(str(sum(counts))
                        for counts in list(zip(*(one["connected_by_second"] for one in reports)))[::5])
    print(f"\nCabinets with a line, every 5 s after the loss: {seconds}.")
    worst = {}
    for second, ms in (pair for one in reports for pair in one["p99_by_second"]):
        worst[second] = max(ms, worst.get(second, 0))
    slow = ", ".join(f"{second}: {ms:.0f}" for second, ms in sorted(worst.items()) if ms > 500)
    print(f"Seconds after the loss in which a driver's p99 of starts was above 500 ms: {slow or 'none'}.")


def read(report):
    with open(report, encoding="utf-8") as text:
        return json.load(text)


def main():
    what, *words = sys.argv[1:]
    if what == "load":
        load(read(words[0]), *words[1:])
    else:
        storm(*words[:4], *map(read, words[4:]))


main()
