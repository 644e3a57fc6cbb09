"""Models of variants. Import them from here."""

from knowledge.governance.variants.models.answers import Answer
from knowledge.governance.variants.models.gates import GateRequest
from knowledge.governance.variants.models.variants import Variant

__all__ = ["Answer", "GateRequest", "Variant"]
