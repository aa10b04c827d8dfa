# %% [markdown]
# # What changed between periods
# Two questions: which priorities did the regions change between two strategies, and did the operations of
# the regional fund change between the first two years of a programme.
#
# **Sources.** Priority areas: the bundled seeds and the strategies of the counties, each with its page
# (column *evidence*). Operations: ERDF 2014-2020, the 374 that Tillväxtverket had decided by October 2016.
#
# **Limits, before any number.** The bounds of an area are often not stated in its document; *certain* says
# yes only where both are known. The file of the fund ends in October 2016: it holds the first two full
# years of one programme period, so that this is no comparison of two programme periods. The year is that in
# which an operation starts.

# %%
from collections import Counter
from pathlib import Path

from api.notebook import asked, drawing, open_store, read_network, rows, table, values
from queries import measure
from queries.measure import Cell
from queries.network import Network

OPERATIONS = Path("questions/counties-by-operations.rq")
store = open_store()

# %% [markdown]
# ## 1. Priorities: what changed between 2016 and 2024
# Areas that are new, have ended or were renamed. An area that only got another name counts as renamed,
# since somebody has written down that the one replaces the other; without such a line it would count as one
# that ended and one that is new.

# %%
asked(store, "tq03", most=30, first="2016", last="2024")

# %% [markdown]
# *New* is to be read with care: for most of these areas the older strategy is not in the data, so that
# nothing could be found that they replace.
#
# ## 2. Operations that start in 2015 and in 2016

# %%
operations = rows(read_network(store, OPERATIONS))
started = {row["event"]: (row["from"] or "unknown")[:4] for row in operations if row["event"]}
covered = Counter(row["event"] for row in operations if row["event"])
years = ("2015", "2016")
networks = {
    year: Network.from_rows(
        f"operations of {year}",
        (row for row in operations if not row["event"] or started[row["event"]] == year),
        "one-mode",
    )
    for year in years
}
wide = {year: Counter(covered[event.id] for event in networks[year].events) for year in years}
per_width: list[list[Cell]] = [
    [f"of them in so many counties: {many}", *(wide[year][many] for year in years)] for many in range(1, 6)
]
table(
    ["", *years],
    [
        ["operations, N", *(len(networks[year].events) for year in years)],
        *per_width,
        ["pairs of counties that share one", *(len(networks[year].sources) for year in years)],
        ["share of all pairs", *(networks[year].density for year in years)],
    ],
)

# %% [markdown]
# Operations that start in other years, which are left out:

# %%
table(
    ["start", "operations"],
    sorted((year, n) for year, n in Counter(started.values()).items() if year not in years),
)

# %% [markdown]
# ### Which pairs of counties came, stayed and went
# A pair stays when it shares an operation of each year. With few operations a pair comes and goes by
# chance: of the pairs that came or went, most rest on a single operation.

# %%
found = {
    year: {
        (one.nodes[i].label, one.nodes[j].label): int(met)
        for i, j, met in zip(one.sources, one.targets, one.counts, strict=True)
    }
    for year, one in networks.items()
}
before, after = (found[year] for year in years)
groups = {
    "stayed": set(before) & set(after),
    "came": set(after) - set(before),
    "went": set(before) - set(after),
}
table(
    ["pairs", "N", "of them by one operation"],
    [
        (name, len(pairs), sum(max(before.get(pair, 0), after.get(pair, 0)) == 1 for pair in pairs))
        for name, pairs in groups.items()
    ],
)

# %%
moved = sorted(
    ((*pair, before.get(pair, 0), after.get(pair, 0)) for pair in set(before) | set(after)),
    key=lambda row: (-abs(row[3] - row[2]), row[0], row[1]),
)
table(["county", "county", *years], moved)

# %% [markdown]
# ### Who has how many partners

# %%
degrees = {year: measure.run("degree", networks[year]) for year in years}
table(
    ["county", *(f"partners {year}" for year in years)],
    ((node.label, *(degrees[year].by_id[node.id] for year in years)) for node in networks[years[0]].nodes),
    most=21,
)

# %%
values(degrees["2016"], most=3)

# %% [markdown]
# ## 3. Drawn: the operations of 2016

# %%
drawing(networks["2016"], "Counties that share operations of 2016", degrees["2016"])

# %% [markdown]
# ## What this says, and what it does not
# * The two years look alike: about the same number of operations, the same mix of wide and narrow ones, and
#   the strong pairs stay.
# * Each pair that came or went rests on a single operation: it tells nothing of a trend.
# * Of the 21 changes of priorities 8 are new names for what was there before, as far as documents link an
#   older area to a newer one; 3 ended; 10 are new to the data, not necessarily to the region.
