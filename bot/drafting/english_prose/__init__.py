"""English prose: the figures of its sentences, and what each of them is called."""
