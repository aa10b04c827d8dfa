# %% [markdown]
# # Which county could build on what
# The frame of Balland, Boschma, Crespo and Rigby (2019): an area that a county lacks is *near* when it is
# related to what the county has, and *complex* when it is found in few counties that have much else. Near
# and complex is the high road, near and simple the low road, far and complex a casino, far and simple a
# dead end.
#
# **Sources.** The areas that 18 of 21 counties have declared in their strategies for smart specialisation,
# and the fields of science of EuroSciVoc that they are mapped to (the bundled seeds; each mapping can be
# looked up). For comparison: ERDF 2014-2020, the operations that Tillväxtverket had decided by October
# 2016.
#
# **Limits, before any number.** The counties' own declarations say what they want, not what they can. A few
# mappings for each county make a thin matrix, in which one mapping more or less moves a field from one
# corner to another. Read it as a list of questions to bring to a meeting, never as a ranking.

# %%
from api.notebook import drawing, open_store, read_matrix, refused, table, values
from queries import measure
from queries.matrix_measure import run
from queries.network import Network

HERE = ("Uppsala län", "Södermanlands län", "Östergötlands län", "Örebro län", "Västmanlands län")
store = open_store()

# %% [markdown]
# ## 1. What cannot be answered
# Every county words its areas in its own way. Held against each other as they stand, no two counties have
# an area in common: complexity would be a number without a meaning, and is refused.

# %%
declared = read_matrix(store, "declared-areas")
refused(lambda: run("eci", declared))

# %% [markdown]
# ## 2. Fields of science behind the areas
# Mapped to EuroSciVoc the counties can be compared.

# %%
concepts = read_matrix(store, "concepts-declared", wider="no")
counted = [
    (region.label, int((row > 0).sum()))
    for region, row in zip(concepts.regions, concepts.values, strict=True)
]
counted.sort(key=lambda one: (-one[1], one[0]))
table(["county", "fields of science, N"], counted, most=21)

# %% [markdown]
# How the fields are related: the more often they are declared by the same counties, the nearer they are
# (proximity, the lesser of the two conditional shares).

# %%
values(run("relatedness", concepts), most=8)

# %% [markdown]
# ## 3. Relatedness × complexity
# For each field that a county lacks. The reference is all 21 counties, not only the five that are asked
# about.

# %%
frame = run("diversification", concepts)
values(frame, most=0)

# %%
wanted = [row for row in frame.dicts() if row["regionLabel"] in HERE]
roads = ("high road", "low road", "casino", "dead end")
table(
    ["county", "fields it has, N", *roads],
    (
        (
            region.label,
            int((row > 0).sum()),
            *(sum(one["region"] == region.id and one["field"] == road for one in wanted) for road in roads),
        )
        for region, row in zip(concepts.regions, concepts.values, strict=True)
        if region.label in HERE
    ),
)

# %% [markdown]
# The nearest of the high roads of each of the five counties, at most four each. *Density* is how much of
# what is related to the field the county has, in per cent.

# %%
best = [
    (county, row["areaLabel"], row["diversification"], row["complexity"])
    for county in HERE
    for row in [one for one in wanted if one["regionLabel"] == county and one["field"] == "high road"][:4]
]
table(["county", "field of science", "density, %", "complexity, standard deviations"], best, most=20)

# %% [markdown]
# ## 4. The same by what was done
# Operations of the regional fund by county and objective. With six objectives there is little to tell
# apart, and a cell needs five operations to count: the result says itself how weak it is.

# %%
objectives = read_matrix(store, "county-objectives")
values(run("eci", objectives), most=5)

# %% [markdown]
# ## 5. Drawn
# Fields that are declared by the same county, and by how many of them.

# %%
together = Network.from_rows(
    "fields declared by the same counties",
    (
        {
            "actor": area.id,
            "actorLabel": area.label,
            "actorKind": area.group,
            "event": region.id,
            "eventLabel": region.label,
        }
        for region, row in zip(concepts.regions, concepts.values, strict=True)
        for area, found in zip(concepts.areas, row, strict=True)
        if found
    ),
    "one-mode",
)
drawing(together, "Fields of science declared by the same counties", measure.run("degree", together))

# %% [markdown]
# ## What this says, and what it does not
# * Uppsala has no list: none of its own areas is mapped to a field of science here. That is a gap in the
#   data, not in the county.
# * Where a county has declared one or two fields, its densities are all or nothing: only counties with
#   several fields have a list worth talking about.
# * A high road is near by these declarations; whether the firms, the skills and the money are there is
#   another question.
# * The wording of an area decides its mapping. Before a field is left aside, look up the mappings of the
#   county's areas.
