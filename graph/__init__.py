"""Where triples live: terms, IRIs, the store and its generations."""
