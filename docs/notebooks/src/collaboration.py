# %% [markdown]
# # Who works with whom in Östra Mellansverige
# The five counties of Östra Mellansverige (Uppsala, Södermanland, Östergötland, Örebro and Västmanland) in
# two kinds of data: operations of the European Regional Development Fund (ERDF) and projects of Horizon
# 2020.
#
# **Sources.** The bundled seeds of samspel; ERDF 2014-2020, all 374 operations that Tillväxtverket had
# decided by October 2016; CORDIS, the 2,721 participations in Horizon 2020 whose records were changed in
# 2023 (© European Union). The store is made by `python scripts/notebooks.py`, that is by `samspel build`
# and `samspel load`.
#
# **Limits, before any number.** The ERDF file names one beneficiary an operation and no partners: it joins
# counties, by the territory that an operation covers, but no organisations. The CORDIS file is a part of
# Horizon 2020, chosen by the day of a change: read what follows as a description of these records, not of
# the programme. The seat of an organisation is known where a registered number or a reviewed line tells it.

# %%
from collections import Counter
from pathlib import Path

from api.notebook import drawing, open_store, read_network, rows, table, values
from queries import measure
from queries.network import Network
from queries.network_filters import Filter

HERE = ("Uppsala län", "Södermanlands län", "Östergötlands län", "Örebro län", "Västmanlands län")
OPERATIONS = Path("questions/counties-by-operations.rq")
store = open_store()

# %% [markdown]
# ## 1. Counties joined by ERDF operations
# Two counties are joined by each operation that covers both. What covers the whole country joins nobody.

# %%
counties = read_network(store, OPERATIONS)
operations = rows(counties)
pairs = [
    (counties.nodes[i].label, counties.nodes[j].label, int(met), float(share))
    for i, j, met, share in zip(
        counties.sources, counties.targets, counties.counts, counties.weights("newman"), strict=True
    )
]
pairs.sort(key=lambda pair: -pair[2])
inside = [pair for pair in pairs if pair[0] in HERE and pair[1] in HERE]
across = [pair for pair in pairs if (pair[0] in HERE) != (pair[1] in HERE)]
table(["county", "county", "operations", "shared among pairs"], inside)

# %% [markdown]
# All ten pairs share much the same number of operations. That is a trivial answer: an operation that covers
# all five counties joins all ten pairs at once. So we count how many counties an operation covers, and look
# at the pairs again without those that cover a whole programme area.

# %%
covered = Counter(row["event"] for row in operations if row["event"])
of_us = {row["event"] for row in operations if row["actorLabel"] in HERE and row["event"]}
table(
    ["counties covered", "operations of Östra Mellansverige"],
    sorted(Counter(covered[one] for one in of_us).items()),
)

# %%
chosen = Filter(max_size=4).apply(counties)  # those of more counties are set aside
table(
    ["county", "county", "operations"],
    (
        (chosen.nodes[i].label, chosen.nodes[j].label, int(met))
        for i, j, met in zip(chosen.sources, chosen.targets, chosen.counts, strict=True)
        if chosen.nodes[i].label in HERE or chosen.nodes[j].label in HERE
    ),
)

# %% [markdown]
# What was set aside, in the words that go with every number of this network:

# %%
values(measure.run("degree", chosen), most=5)

# %% [markdown]
# And across the border of the programme area, all operations counted:

# %%
table(["county", "county", "operations", "shared among pairs"], across)

# %% [markdown]
# The programme areas of the fund decide who is joined to whom: an operation is granted by one programme,
# and nearly all territory that it covers lies in that programme's area.
#
# ## 2. Organisations that work together in projects
# All projects with at least one organisation that has its seat in the five counties, and everybody who
# takes part in them. Who only pays is left out.

# %%
participations = rows(read_network(store, "organisations"))
projects = {row["event"] for row in participations if row["actorTerritory"] in HERE}
around = Network.from_rows(
    "around Östra Mellansverige", (row for row in participations if row["event"] in projects), "one-mode"
)
alone = sum(len(part) == 1 for part in around.components)
table(
    ["what", "N"],
    [
        ("projects", len(around.events)),
        ("organisations", len(around.nodes)),
        (
            "of them with their seat in the five counties",
            sum(node.territory in HERE for node in around.nodes),
        ),
        ("of them with an unknown seat or one abroad", sum(node.territory is None for node in around.nodes)),
        ("pairs that share a project", len(around.sources)),
        ("organisations that share none", alone),
        ("the largest part, organisations", len(around.components[0])),
    ],
)

# %% [markdown]
# Number of partners counts a large consortium as many ties. Newman's weights share each project among its
# pairs, so that an organisation's strength is the number of its projects with at least one partner.

# %%
values(measure.run("strength", around, weight="newman"))

# %% [markdown]
# Betweenness and constraint ask who sits between others. Both are of this part of the network only: an
# organisation abroad has many partners that are not in it.

# %%
between = measure.run("betweenness", around)
values(between)

# %%
closed = measure.run("constraint", around, weight="newman")
of_parts = [(len(part), [around.nodes[at] for at in part]) for part in around.components]
table(
    ["part, organisations", "of the five counties", "seat", "betweenness", "constraint"],
    (
        (size, node.label, node.territory, between.by_id[node.id], closed.by_id[node.id])
        for size, nodes in of_parts
        for node in nodes
        if node.territory in HERE
    ),
    most=18,
)

# %% [markdown]
# ## 3. Drawn
# Points are sized by betweenness and coloured by the kind of organisation; hover over a point or an edge.

# %%
drawing(around, "Organisations around Östra Mellansverige", between)

# %% [markdown]
# ## What this says, and what it does not
# * Universities and companies of the five counties meet European partners in one part of the network; the
#   regions and science parks are tied to each other in parts of their own. In these records nobody joins
#   the two.
# * In ERDF the counties' collaboration is mostly all or nothing: an operation covers the whole programme
#   area, or one county. The rest is few operations, too few to rank pairs of counties by.
# * Nothing here tells of the quality of the collaboration, and an organisation that is missing may be one
#   whose records did not change in 2023. With all of CORDIS the same cells give the whole picture.
