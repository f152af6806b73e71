"""What breaks a rule of SKOS or of a profile of it, in an RDF file or in a glossary: native checks and SHACL shapes."""
