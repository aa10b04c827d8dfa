"""The fault campaign: `make faults`; some cases: `python -m benchmarks.campaign.run BEGINNING ...`.

Every case does something bad to samspel and states what must come of it. The table says what came; the end
is 1 when one outcome is not a stated one. SAMSPEL_FAULTS_SEED replays a campaign (its random moments as far
as the machine's speed is the same), SAMSPEL_FAULTS_TIMES is how often each case is run.
"""

import os
import sys
import time

from benchmarks.campaign import damage, disks, kills, remotes, rivals, traffic
from benchmarks.campaign.cases import played, table
from benchmarks.campaign.lab import lab

SEED, TIMES = 8, 20


def main(*begins: str) -> int:
    """Run the cases, print the table, and return 1 when something was not as stated."""
    seed = int(os.environ.get("SAMSPEL_FAULTS_SEED", SEED))
    times = int(os.environ.get("SAMSPEL_FAULTS_TIMES", TIMES))
    found = [each for part in (kills, damage, disks, rivals, traffic, remotes) for each in part.cases()]
    chosen = [each for each in found if not begins or each.name.startswith(begins)]
    begun = time.monotonic()
    with lab() as made:
        rows = played(chosen, made, seed, times)
    print(table(rows))
    wrong = [sentence for row in rows for sentence in row.wrong]
    print(
        f"\n{len(rows)} cases, {sum(row.times for row in rows)} runs, seed {seed}, "
        f"{time.monotonic() - begun:.0f} s; not as stated: {len(wrong)}"
    )
    for sentence in wrong:
        print(f"  {sentence}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
