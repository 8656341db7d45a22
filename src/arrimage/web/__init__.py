"""The pages: one room per audience, and the frame they share (see README.md beside this file)."""
