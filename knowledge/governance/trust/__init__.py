"""How far a reader may rely on an artifact, in one of four words with what it is made of."""
