"""What a glossary lacks: links, terms, and pages that say the same thing."""

from termatlas.suggest.model import Reason, ReasonKind, Suggestion

__all__ = ["Reason", "ReasonKind", "Suggestion"]
