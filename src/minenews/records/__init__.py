"""Records: facts, changes, resources, intercepts, deals, events and quotes, put together from the marks."""
