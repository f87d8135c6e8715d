"""Public pages that are no publication themselves: site maps, feeds, policy library, list of subsites, notices."""
