"""Who offers what, where: organisations, their services, and the themes of need services answer."""
