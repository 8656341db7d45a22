"""Choosing a service for a need: a score anybody can follow, said in words (`docs/decisions/0046`)."""
