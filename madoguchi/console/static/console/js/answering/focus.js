// What went wrong, or is to be confirmed, is where a screen reader begins.
document.querySelector("[data-focus]")?.focus();
