/** What one cannot type: the buttons of the menu "Trouble". */

import { $, h, toast } from "./dom.js";

/** The buttons that fit the open chat. */
export function troubles(view) {
  const { chat } = view.place;
  const member = chat.type === "private" ? ["Block the bot", "Unblock the bot"] : ["Remove the bot from here", "Add the bot again"];
  return [
    [chat.present ? member[0] : member[1], "remove", ""],
    chat.type === "group" && ["Make it a supergroup", "upgrade", "The group is a supergroup now, which is another chat."],
    ["Network away for 10 seconds", "network", "The network is back."],
    ["Answer 429 for 10 seconds", "flood", "For ten seconds, Telegram asks the bot to wait."],
    ["Kill and restart the bot", "restart", "The bot was killed, and starts again."],
    ["Three days later", "later", "Three days have gone by."],
    ["Add forty subscribed groups", "many", "Forty groups have subscribed."],
  ].filter(Boolean).map(([label, action, done]) => h("button", {
    type: "button",
    async click() {
      $("#trouble").hidePopover();
      if ((await view.attempt(action, view.given())) && done) toast(done);
    },
  }, label));
}
