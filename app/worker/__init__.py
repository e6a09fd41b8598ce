"""The fetch hall: claims due sources, fetches them politely, hands what came to the pipeline. The rules (`schedule`,
`habit`, `doubt`, `settle`, `health`) are pure: time and chance are arguments."""
