"""A glossary as a static web site for any host."""
