"""Breaking things on purpose: a whole desk as real processes, a storm over it, and a checker that believes nobody."""
