/** The field that one writes in, with what it offers while one types. */

import { $, h } from "./dom.js";
import { isMine, preview } from "./messages.js";
import { t } from "./words.js";

const PAUSE = 150; // milliseconds of not typing before inline mode is asked
const field = $("#field");
const suggestions = $("#suggestions");
let view;
let about = null; // the message that is replied to or edited, and which of the two

export function compose(given) {
  view = given;
  $("#composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener("input", suggest);
  $("#composer").addEventListener("keydown", keyed);
  $("#commands").addEventListener("click", () => (suggestions.hidden ? offerCommands("") : offer([])));
  $("#about button").addEventListener("click", () => quote(null));
  $("#files").addEventListener("change", ({ target }) => {
    const names = [...target.files].map(({ name }) => name).join(", ");
    quote(null, "", names && `${t("Attached")}: ${names}`);
    field.focus();
  });
}

/** Puts a text into the field, as if it had been typed. */
export function fill(text) {
  field.value = text;
  field.focus();
  suggest();
}

/** Replies to a message (`how`: Reply) or changes it (Edit); null ends that. `line`: what is shown of it. */
export function quote(message, how, line = message && `${t(how)}: ${preview(message)}`) {
  if (about?.how === "Edit" || how === "Edit") field.value = (how === "Edit" && message?.text) || "";
  about = message && { message, how };
  $("#about").hidden = !line;
  $("#about span").textContent = line || "";
  if (message || !line) field.focus();
  if (!line) $("#files").value = "";
}

/** Ends what was begun in the chat before. */
export function leave() {
  offer([]);
  quote(null);
}

/** What can be written in the chat that has been opened, or has changed. */
export function settle() {
  const { chat } = view.place;
  const readOnly = chat.type === "channel" && view.me !== view.people[1].id;
  const blocked = chat.type === "private" && !chat.present;
  field.disabled = readOnly || blocked;
  field.placeholder = t(readOnly ? "Only the group administrator posts here" : blocked ? "You have blocked the bot" : "Message");
  $("#send").disabled = field.disabled;
  $("#files").disabled = field.disabled || chat.type === "channel";
}

function send() {
  const text = field.value.trim();
  const files = [...$("#files").files];
  if (!text && !files.length) return;
  const { message, how } = about ?? {};
  const given = view.given({ text, message: message?.message_id, reply_to: message?.message_id });
  field.value = "";
  leave();
  view.attempt(how === "Edit" ? "edit" : "send", given, files);
}

function keyed(event) {
  const { key } = event;
  const own = view.items.filter((item) => !item.event);
  const buttons = [...suggestions.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  if (key === "Escape") {
    leave();
    field.focus();
  } else if ((key === "ArrowDown" && buttons.length) || (key === "ArrowUp" && at !== -1)) {
    (buttons[at + (key === "ArrowDown" ? 1 : -1)] ?? field).focus();
  } else if (event.target !== field) {
    return;
  } else if (key === "Enter" && !event.shiftKey && !event.isComposing) {
    send();
  } else if (key === "ArrowUp" && event.ctrlKey) {
    const before = own.indexOf(about?.message);
    quote(own.at(before === -1 ? -1 : before - 1), "Reply");
  } else if (key === "ArrowUp" && !field.value) {
    quote(own.findLast((item) => item.text && isMine(item, view.me)), "Edit");
  } else {
    return;
  }
  event.preventDefault();
}

// ---- what is offered above the field

function offer(buttons) {
  suggestions.replaceChildren(...buttons);
  suggestions.hidden = !buttons.length;
  $("#commands").ariaExpanded = String(!suggestions.hidden);
}

function suggestion(title, description, choose) {
  const click = () => {
    fill("");
    choose();
  };
  return h("button", { type: "button", click }, h("b", {}, title), " ", h("span", {}, description));
}

function suggest() {
  const called = `@${view.bot.username} `;
  clearTimeout(suggest.timer);
  if (/^\/\w*$/.test(field.value)) offerCommands(field.value.slice(1));
  else if (field.value.toLowerCase().startsWith(called)) suggest.timer = setTimeout(search, PAUSE, field.value.slice(called.length));
  else offer([]);
}

async function offerCommands(beginning) {
  const { commands = [] } = (await view.attempt("menu", view.given())) ?? {};
  const name = view.place.chat.type === "private" ? "" : `@${view.bot.username}`;
  offer(commands.filter(({ command }) => command.startsWith(beginning)).map(({ command, description }) =>
    suggestion(`/${command}`, description, () => view.say(`/${command}${name}`))));
}

async function search(query, offset = "", before = []) {
  const { results = [], next_offset, button } = (await view.attempt("inline", view.given({ query, offset }))) ?? {};
  if (!field.value.endsWith(query)) return; // more has been typed meanwhile
  const chosen = results.map((result) =>
    suggestion(result.title, result.description, () => view.attempt("choose", view.given({ result }))));
  const all = [...before, ...chosen];
  const more = next_offset && h("button", { type: "button", click: () => search(query, next_offset, all) }, t("More"), " …");
  const start = button && `https://t.me/${view.bot.username}?start=${button.start_parameter}`;
  const link = button && suggestion(button.text, "", () => view.follow(start));
  offer([link, ...all, more].filter(Boolean));
}
