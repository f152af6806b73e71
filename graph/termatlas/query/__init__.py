"""SPARQL over a glossary: free queries and named ones."""
