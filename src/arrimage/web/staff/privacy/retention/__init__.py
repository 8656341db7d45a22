"""How long records are kept, what is destroyed at the end, who agreed, and the proof that it was done."""
