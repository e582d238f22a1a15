"""Mail: what is said, the queue it waits in, and how it is sent."""
