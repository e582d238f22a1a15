"""The OpenAPI document of any service: valid, tidy, and kept by what the service answers."""
