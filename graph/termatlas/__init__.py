"""TermAtlas: a glossary goes in, and out comes a graph that its editors can see, question, repair and publish."""
