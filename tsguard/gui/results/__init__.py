"""Parts of the results page: hero, views, the panel that opens a figure, and the gaps' export."""
