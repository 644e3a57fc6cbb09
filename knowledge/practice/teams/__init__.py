"""Teams, and what is theirs. The lowest area of the room: what is made with an artifact may belong to
a team, so runs, copies and the others know teams, and teams know none of them (ADR 0014).
"""
