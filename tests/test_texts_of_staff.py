"""No text of staff is forgotten when a young person's words leave."""

import sqlalchemy as sa

from coprod_data.models import Base
from coprod_data.vocabulary.rewordings import TextPlace
from tests.helpers import house_rules


def test_every_column_of_text_is_looked_through_when_words_leave_or_named_with_the_others():
    assert not list(house_rules.texts_without_a_place(Base.metadata, list(TextPlace)))


def test_a_new_column_of_text_is_caught_and_so_is_one_that_is_gone():
    added = sa.MetaData()
    sa.Table("minutes", added, sa.Column("text", sa.Text))

    caught = "\n".join(house_rules.texts_without_a_place(added, list(TextPlace)))

    assert "minutes.text - a text of staff is in TextPlace" in caught
    assert "reply.text - there is no such column" in caught
