"""Consents: read to the person, given, shown, withdrawn. The airport and the person's pages read from here too."""
