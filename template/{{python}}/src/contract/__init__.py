"""The machinery of the HTTP contract, once for every resource.

Read it when you wonder how paging, filters, access or ETags work. A change of a resource's
fields or of its rules never needs a change here.
"""
