"""HTTP: the explorer, terms as linked data, SPARQL. Read-only."""
