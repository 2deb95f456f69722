"""The grammar that writes the training text of the tiny GPT-2."""
