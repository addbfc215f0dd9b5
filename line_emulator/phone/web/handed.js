// A page in the phone's browser led to an address that LINE answers itself: the phone does what it names.
const { link } = document.querySelector("[data-link]").dataset;

if (window.parent !== window) window.parent.postMessage({ liff: "follow", url: link }, location.origin);
