"""Page types by kind."""

from knowledge.catalog.models import Artifact

PAGE_TYPES: dict[str, type[Artifact]] = {
    model.KIND.value: model for model in Artifact.__subclasses__() if model.KIND is not None
}
