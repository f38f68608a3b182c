#!/usr/bin/env python3
"""usage: checker.py FOLDER | checker.py --self-test
Holds what the riders saw (FOLDER/history.jsonl, written by bench/city --history) against what the database
holds at the end (FOLDER/tables/*.jsonl). Prints one sentence for each broken promise; the exit status is 0
only if there is none."""

import json
import pathlib
import sys

import checks
from evidence import evidence


def main() -> int:
    if sys.argv[1:] == ["--self-test"]:
        import checker_test

        return checker_test.run()
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    seen = evidence.read(pathlib.Path(sys.argv[1]))
    findings = checks.all_findings(seen)
    for finding in findings:
        print("BROKEN:", finding)
    told = checks.figures(seen)
    checked = json.dumps({**told, "broken": findings}, indent=1)
    (pathlib.Path(sys.argv[1]) / "checked.json").write_text(checked)
    print(", ".join(f"{count} {what}" for what, count in told.items() if not isinstance(count, dict)))
    print("What the riders were told is so." if not findings else f"{len(findings)} promises are BROKEN.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
