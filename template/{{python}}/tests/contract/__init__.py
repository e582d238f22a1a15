"""The contract's machinery, module by module."""
