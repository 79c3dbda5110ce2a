"""Word lists the rules are made of, in Spanish and English, folded: lower case, without accents."""
