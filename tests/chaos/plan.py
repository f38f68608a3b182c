#!/usr/bin/env python3
"""usage: plan.py --seed N [--faults 200] [--short] [--without KIND...]
The whole plan of a run, one round a line: its number, how long it lasts in ms, and the faults that begin in
it together. The same seed gives the same plan; scripts/chaos does what stands there and waits for the network
to recover after each round."""

import argparse
import random

# What a fault happens to; nothing happens twice at once to the same.
pairs = ("riders", "database", "broker", "cabinets")
gate_verbs = ("cut", "refuse", "delay", "throttle", "half_open_up", "half_open_down")

# How often each is in a deck. A run deals decks until it has its faults, so that every kind comes up.
deck = {
    "server:kill": 4,
    "server:pause": 3,
    "postgres:kill": 3,
    "postgres:pause": 3,
    "postgres:backend_kill": 2,
    "postgres:backend_pause": 3,
    "postgres:disk_full": 1,
    "postgres:wal_full": 1,
    "mosquitto:kill": 3,
    "mosquitto:pause": 2,
    "clock:jump": 4,
    **{f"{pair}:{verb}": 1 for pair in pairs for verb in gate_verbs},
    **{f"{pair}:forget": 1 for pair in ("riders", "broker", "cabinets")},
}
# Ahead of the right time by so much, until the next jump.
jumps_s = (0, 0, 61, -61, 600, -600, 3_700, -3_700, 6 * 3_600, -6 * 3_600)


def parameter(dice: random.Random, kind: str) -> str:
    """What is decided about one fault beside its kind; empty for most."""
    if kind == "clock:jump":
        return str(dice.choice(jumps_s))
    if kind.endswith(":delay"):
        return str(dice.randint(50, 800))
    if kind.endswith(":throttle"):
        return str(dice.randint(2_000, 50_000))
    if ":backend_" in kind:
        return str(dice.randint(0, 9))  # Which of the server's backends, counted by age.
    return ""


def hold_ms(dice: random.Random, faults: list, is_short: bool) -> int:
    if not is_short and dice.random() < 0.06:
        return dice.randint(12_000, 16_000)  # Longer than any patience of the server's.
    longest = 800 if any(fault.endswith(":kill") for fault in faults) else 2_200
    return dice.randint(200, longest)


def deal(dice: random.Random, wanted: int, without: tuple):
    """Faults without end, deck after deck."""
    while wanted > 0:
        cards = [kind for kind, times in deck.items() for _ in range(times) if not kind.startswith(without)]
        dice.shuffle(cards)
        yield from cards[:wanted]
        wanted -= len(cards)


def plan(seed: int, wanted: int, is_short: bool, without: tuple) -> list:
    """Rounds of (hold in ms, [faults])."""
    dice = random.Random(seed)
    waiting = list(deal(dice, wanted, without))
    rounds = []
    while waiting:
        size = dice.choices((1, 2, 3), (40, 38, 22))[0]
        chosen, taken = [], set()
        for kind in list(waiting):
            target = kind.split(":")[0]
            if target not in taken and len(chosen) < size:
                taken.add(target)
                chosen.append(kind)
                waiting.remove(kind)
        faults = [":".join(filter(None, (kind, parameter(dice, kind)))) for kind in chosen]
        rounds.append((hold_ms(dice, chosen, is_short), faults))
    return rounds


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--faults", type=int, default=200)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    said = parser.parse_args()
    # What the silence of a dead connection alone can end takes a minute: not for a short run.
    without = (*said.without, *(f"{pair}:forget" for pair in pairs if said.short))
    rounds = plan(said.seed, said.faults, said.short, without)
    for number, (hold, faults) in enumerate(rounds, 1):
        print(number, hold, *faults)


if __name__ == "__main__":
    main()
