# %% [markdown]
# # Who works with whom in Östra Mellansverige
# The five counties of Östra Mellansverige (Uppsala, Södermanland, Östergötland, Örebro, Västmanland) in two
# kinds of data: operations of the European Regional Development Fund (ERDF) and projects of Horizon 2020.
#
# Needs a store with both, which SAMSPEL_STORE names:
# ```
# samspel build --store scratch
# samspel load erdf_se projektbanken_eruf_2014-2020_2016-10-14.json --store scratch
# samspel load cordis h2020_organizations_out_formatted_latest.csv --store scratch
# ```

# %%
from collections import Counter
from pathlib import Path

from api.notebook import drawing, open_store, read_network, table, values
from queries import measure

store = open_store()
organisations = read_network(store, "organisations")
counties = read_network(store, Path("questions/counties-by-operations.rq"))
table(
    ["network", "nodes", "edges", "events", "components"],
    [
        [each.name, len(each.nodes), len(each.sources), len(each.events), len(each.components)]
        for each in (organisations, counties)
    ],
)
