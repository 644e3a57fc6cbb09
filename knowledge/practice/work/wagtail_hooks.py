"""The sections of practice."""

from wagtail import hooks

from knowledge.practice.work.own import own_sections
from knowledge.practice.work.sections import Section


@hooks.register("work_sections")
def add_own() -> list[Section]:
    return own_sections()
