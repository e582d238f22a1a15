"""A museum that only tests know: what the contract promises of any resource, on all its parts."""
