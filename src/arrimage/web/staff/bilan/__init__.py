"""The bilan on screen: the figures of a period, and the records behind each."""
