"""Practice for machines: runs and decisions; copies, assessments and matrices lie beside their areas."""
