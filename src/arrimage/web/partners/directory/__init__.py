"""The page an organisation keeps of itself in the directory."""
