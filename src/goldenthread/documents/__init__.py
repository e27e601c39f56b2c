"""A council's document in, a typed plan out."""
