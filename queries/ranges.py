"""Many ranges of whole numbers in one array: how rows of a sparse matrix are taken without a loop."""

import numpy as np

from queries.network import Ints


def ranges(starts: Ints, lengths: Ints) -> Ints:
    """Return `lengths[r]` numbers from `starts[r]` on, for each r, one after the other.

    >>> ranges(np.array([10, 3]), np.array([2, 3])).tolist()
    [10, 11, 3, 4, 5]
    """
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()), dtype=np.intp)
