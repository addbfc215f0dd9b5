// The pages that a friend fills work without any of this; each behaviour below only spares a step or a worry.
import "./answering/hiding.js";
import "./answering/sending_once.js";
import "./answering/typing_kept.js";
import "./answering/place_finder.js";
import "./answering/picture_size.js";
import "./answering/focus.js";
