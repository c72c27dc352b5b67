// Before Streamlit's own script. At every address but / that would first ask the page's address for its server, get no
// answer and wait; here it is told. It freezes what it was told as it starts.
"use strict";
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };
