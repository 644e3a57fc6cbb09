"""The two engines behind one seam. Each takes an ``Ask`` and gives an ``Answer`` (``base``)."""
