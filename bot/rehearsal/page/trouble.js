/** What one cannot type: the buttons of the menu "Trouble". */

import { $, h, toast } from "./dom.js";
import { t } from "./words.js";

/** The buttons that fit the open chat. */
export function troubles(view) {
  const { chat } = view.place;
  const member = chat.type === "private" ? ["Block the bot", "Unblock the bot"] : ["Remove the bot from here", "Add the bot again"];
  return [
    [chat.present ? member[0] : member[1], "remove"],
    chat.type === "group" && ["Make it a supergroup", "upgrade"],
    ["Network away for 10 seconds", "network"],
    ["Answer 429 for 10 seconds", "flood"],
    ["Kill and restart the bot", "restart"],
    ["Three days later", "later"],
    ["Add forty subscribed groups", "many"],
  ].filter(Boolean).map(([label, action]) => h("button", {
    type: "button",
    async click() {
      $("#trouble").hidePopover();
      if (await view.attempt(action, view.given())) toast(`✓ ${t(label)}`);
    },
  }, t(label)));
}
