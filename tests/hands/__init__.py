"""Whose a talk is: any order of what people do, one after the other and at the same moment."""
