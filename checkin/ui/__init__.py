"""The desk window. The only package that knows Qt."""
