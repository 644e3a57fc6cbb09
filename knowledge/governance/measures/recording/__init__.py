"""Counting behind the answer: ``counter`` keeps, ``middleware`` sees, ``writing`` writes."""
