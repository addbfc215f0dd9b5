// The one entry of the console: every behaviour is a module of its own, and a page that lacks its elements pays nothing.
import "./csrf.js";
import "./notices.js";
import "./dialogs.js";
import "./close_through.js";
import "./menus.js";
import "./look.js";
import "./elapsed_time.js";
import "./connection_badge.js";
import "./blank_screen.js";
import "./unread_title.js";
import "./message_list.js";
import "./draft_keeper.js";
import "./composer.js";
import "./picture_chooser.js";
import "./once_key.js";
import "./keys.js";
import "./talk_focus.js";
import "./older_messages.js";
import "./queue_news.js";
import "./picture_viewer.js";
import "./outside_link.js";
import "./printing.js";
import "./sort_list.js";
import "./save_state.js";
import { start } from "./live.js";

start();
