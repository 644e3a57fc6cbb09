"""Which page came from which file, and whether a person has changed it since."""

from enum import Enum

from wagtail.models import Page

from knowledge.exchange.documents import fingerprint
from knowledge.exchange.models import SourceRecord


class Decision(Enum):
    """What to do with a file that is brought in again."""

    CREATE = "create"
    UPDATE = "update"
    NOTHING = "nothing"  # the file has not changed
    EDITED = "edited"  # a person changed the page: theirs stays
    DELETED = "deleted"  # a person deleted the page: it stays deleted


class Records:
    """The records of one collection, read in one query and kept up to date by the writer."""

    def __init__(self, collection: str) -> None:
        self.collection = collection
        rows = SourceRecord.objects.filter(collection=collection).select_related("page")
        self._by_ref = {row.ref: row for row in rows}

    def __len__(self) -> int:
        return len(self._by_ref)

    def page(self, ref: str) -> Page | None:
        """The page of ``ref``, not yet specific."""
        record = self._by_ref.get(ref)
        return record.page if record else None

    def is_deleted(self, ref: str) -> bool:
        """Whether a person deleted the page that was once made for ``ref``."""
        record = self._by_ref.get(ref)
        return record is not None and record.page is None

    def decide(self, ref: str, file_digest: str) -> Decision:
        """Looks at the page itself only when its file has changed."""
        record = self._by_ref.get(ref)
        if record is None:
            return Decision.CREATE
        if record.page is None:
            return Decision.DELETED
        if record.file_digest == file_digest:
            return Decision.NOTHING
        # Without a digest it was made but never filled: an earlier run was broken off.
        if not record.page_digest or record.page_digest == fingerprint.of(record.page):
            return Decision.UPDATE
        return Decision.EDITED

    def begin(self, ref: str, page: Page) -> None:
        """Remember a page that was just made and has no content yet."""
        self._by_ref[ref] = SourceRecord.objects.create(
            collection=self.collection, ref=ref, page_id=page.pk
        )

    def finish(self, ref: str, page: Page, file_digest: str) -> None:
        """Remember how we leave the page."""
        record = self._by_ref[ref]
        record.page_id = page.pk
        record.file_digest = file_digest
        record.page_digest = fingerprint.of(Page.objects.get(pk=page.pk))
        record.save()
