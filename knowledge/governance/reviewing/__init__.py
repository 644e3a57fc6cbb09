"""Who looks at a draft before readers do: steps of a workflow, whose turn it is, until when."""
