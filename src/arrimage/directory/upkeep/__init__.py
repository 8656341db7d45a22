"""How the directory is kept up to date: by each organisation for itself, under the advisors' eyes."""
