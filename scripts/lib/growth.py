"""The growth of a network as tables, curves and JSON: growth.md's tables on standard output, growth.json and
growth_*.svg into a folder. The standard library only."""

import argparse
import json
import pathlib

import curves

works = ("list", "nearby", "detail", "wallet", "active", "cycle")


def by_size(lines):
    """{stations: {work: line}}"""
    found = {}
    for line in lines:
        found.setdefault(line["round"], {})[line["work"]] = line
    return dict(sorted(found.items()))


def points(sizes, work, value):
    """Over stations; what is missing or nothing has no point."""
    return [(stations, value(of[work])) for stations, of in sizes.items() if work in of and value(of[work])]


def start_table(sizes):
    yield ("| stations | riders | seeded in s | started in s | server MiB | at its highest | KiB a station "
           "| database MiB |")
    yield "|---|---|---|---|---|---|---|---|"
    for stations, of in sizes.items():
        if "start" in of:
            one = of["start"]
            yield (f"| {stations:,} | {one['riders']:,.0f} | {one['seed_s']:.1f} | {one['start_s']:.2f} | "
                   f"{one['rss_mib']:.0f} | {one['peak_mib']:.0f} | {one['rss_mib'] * 1024 / stations:.1f} | "
                   f"{one['database_mib']:,.0f} |")


def work_table(sizes):
    yield ""
    yield ("| stations | work | /s | p50 ms | p99 ms | cores: server / database / broker / driver "
           "| server MiB | errors |")
    yield "|---|---|---|---|---|---|---|---|"
    for stations, of in sizes.items():
        for work in works:
            if work in of:
                one = of[work]
                cores = " / ".join(f"{share:.2f}" for share in one["cores"].values())
                yield (f"| {stations:,} | {work} | {one['rate']:,.0f} | {one['p50_ms']:.2f} | "
                       f"{one['p99_ms']:.2f} | {cores} | "
                       f"{one['resident_mib'].get('server', 0):.0f} | {one['errors']} |")


def knees(sizes):
    """What the largest network does worse than the smallest, in words."""
    if len(sizes) < 2:
        return
    few, many = list(sizes.values())[0], list(sizes.values())[-1]
    yield ""
    yield "From the smallest network to the largest: " + "; ".join(
        f"{work} {many[work]['rate'] / few[work]['rate']:.2f} of the rate, p99 "
        f"{many[work]['p99_ms'] / few[work]['p99_ms']:.1f} times"
        for work in works
        if work in few and work in many and few[work]["rate"] and few[work]["p99_ms"]) + "."


def pictures(sizes, folder):
    across = "stations (ten times as many riders)"
    curves.draw(folder / "growth_memory.svg", "Memory by the size of the network", across, "MiB", {
        "server": points(sizes, "start", lambda one: one["rss_mib"]),
        "server, highest": points(sizes, "start", lambda one: one["peak_mib"]),
        "server after cycles": points(sizes, "cycle", lambda one: one["resident_mib"].get("server")),
        "database on disk": points(sizes, "start", lambda one: one["database_mib"])})
    curves.draw(folder / "growth_start.svg", "Seconds from the start to ready", across, "s", {
        "start": points(sizes, "start", lambda one: one["start_s"])}, logarithmic=("x",))
    rates = {work: points(sizes, work, lambda one: one["rate"]) for work in works}
    curves.draw(folder / "growth_throughput.svg", "Throughput by size of the network", across, "/s", rates)
    for share in ("p50", "p99"):
        title = f"Latency ({share}) by the size of the network"
        latencies = {work: points(sizes, work, lambda one: one[f"{share}_ms"]) for work in works}
        curves.draw(folder / f"growth_{share}.svg", title, across, "ms", latencies)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--figures", required=True)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--failed", action="append", default=[])
    parser.add_argument("--condition", action="append", default=[])
    wish = parser.parse_args()
    lines = [json.loads(line) for line in pathlib.Path(wish.figures).read_text(encoding="utf-8").splitlines()]
    sizes = by_size(lines)
    for text in (*start_table(sizes), *work_table(sizes), *knees(sizes)):
        print(text)
    print()
    for name in ("memory", "start", "throughput", "p50", "p99"):
        print(f"![{name}](growth_{name}.svg)")
    pictures(sizes, wish.folder)
    document = {"failed": wish.failed, "conditions": wish.condition, "measurements": lines}
    (wish.folder / "growth.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
