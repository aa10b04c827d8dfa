"""The drawing: every class once, arrows that core.ttl allows, and nothing on top of anything."""

from itertools import combinations

from ontology import diagram, reference, vocabulary
from ontology.diagram import Box


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def family(iri: str) -> set[str]:
    """Return a class and the classes above it."""
    found = {iri}
    for above in reference.reference(iri).above:
        found |= family(above) if above in vocabulary.classes() else {above}
    return found


def test_every_class_is_drawn_once() -> None:
    drawn = [iri for box in diagram.BOXES for iri in (box.iri, *box.kinds)]
    assert sorted(drawn) == vocabulary.classes()


def test_a_line_in_a_box_is_a_kind_of_its_class() -> None:
    for box in diagram.BOXES:
        for kind in box.kinds:
            assert box.iri in reference.reference(kind).above, kind


def test_an_arrow_goes_from_its_domain_to_its_range() -> None:
    for arrow in diagram.ARROWS:
        said = reference.reference(arrow.term)
        assert not said.domain or family(arrow.subject) & set(said.domain), arrow.term
        assert family(arrow.object) & set(said.range), arrow.term


def test_no_two_boxes_overlap_and_each_is_in_one_group() -> None:
    assert [pair for pair in combinations(diagram.BOXES, 2) if overlap(*pair)] == []
    for box in diagram.BOXES:
        holding = [
            group
            for group in diagram.GROUPS
            if group.x <= box.x
            and group.y <= box.y
            and box.x + box.width <= group.x + group.width
            and box.y + box.height <= group.y + group.height
        ]
        assert len(holding) == 1, box.iri


def test_an_arrow_begins_and_ends_at_the_edges_of_its_boxes() -> None:
    boxes = {box.iri: box for box in diagram.BOXES}
    for arrow in diagram.ARROWS:
        for iri, (x, y) in ((arrow.subject, arrow.start), (arrow.object, arrow.end)):
            box = boxes[iri]
            beside = x in (box.x, box.x + box.width) and box.y <= y <= box.y + box.height
            above = y in (box.y, box.y + box.height) and box.x <= x <= box.x + box.width
            assert beside or above, (arrow.term, iri)
