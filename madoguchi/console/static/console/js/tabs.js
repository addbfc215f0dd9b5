// The tab of the page that is open stands in sight, also where there are more tabs than the screen is wide.
document.querySelectorAll(":is(.tabs, .shell-nav) [aria-current]").forEach((tab) => tab.scrollIntoView({ inline: "center", block: "nearest" }));
