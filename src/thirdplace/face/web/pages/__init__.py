"""The pages: one module each, over what worklist, index and readings give them."""
