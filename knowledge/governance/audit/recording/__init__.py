"""How entries come to be: beside each row of a log, and for rights, which have no other log."""
