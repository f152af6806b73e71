"""Mappings: which terms are the same as, or near to, concepts of other vocabularies."""
