/** Messages as bubbles. `view` has whose page it is (`me`), the bot, and what the buttons do. */

import { h } from "./dom.js";
import { t } from "./words.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote" };

export const elementId = (message) => `m${message.chat.id}-${message.message_id}`;
export const textOf = (message) => message.text ?? message.caption ?? "";
export const isMine = (message, me) => message.from?.id === me && !message.sender_chat;

/** A line that stands for the message. */
export function preview(message) {
  const kind = message.photo ? "🖼 " : message.document ? `📄 ${message.document.file_name} ` : "";
  return kind + textOf(message).split("\n").filter(Boolean).slice(0, 2).join(" ");
}

/** A text with its entities, which lie within each other and are in order; their offsets count as JavaScript does. */
function marked(text, entities, view) {
  const left = [...(entities ?? [])];
  const within = (start, end) => {
    const nodes = [];
    let at = start;
    while (left.length && left[0].offset < end) {
      const entity = left.shift();
      const last = entity.offset + entity.length;
      const block = entity.type === "blockquote" || entity.type === "pre"; // which begins and ends a line by itself
      nodes.push(text.slice(at, entity.offset - (block && text[entity.offset - 1] === "\n")));
      nodes.push(wrapped(entity, within(entity.offset, last), view));
      at = last + (block && text[last] === "\n");
    }
    return [...nodes, text.slice(at, end)];
  };
  return within(0, text.length);
}

function wrapped(entity, nodes, view) {
  const words = nodes.map((node) => node.textContent ?? node).join("");
  if (entity.type === "bot_command") return h("button", { type: "button", class: "link", click: () => view.say(words) }, words);
  if (entity.type === "text_link") return link(entity.url, nodes, view);
  return h(TAGS[entity.type] ?? "span", { class: entity.type === "mention" && "mention" }, ...nodes);
}

function link(url, nodes, view) {
  const follow = (event) => view.follow(url) && event.preventDefault();
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", click: follow }, ...nodes);
}

export function bubble(message, view) {
  const mine = isMine(message, view.me);
  const author = message.sender_chat?.title ?? message.from?.first_name;
  const text = textOf(message);
  const time = new Date(message.date * 1000).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  return h("article", { id: elementId(message), class: mine && "mine" },
    h("div", { class: "bubble" },
      h("h3", {}, author, message.via_bot && ` via @${message.via_bot.username}`),
      message.reply_to_message && h("p", { class: "about" },
        h("b", {}, message.reply_to_message.from?.first_name ?? ""), " ", preview(message.reply_to_message)),
      medium(message),
      text && h("div", { class: "text" }, ...marked(text, message.entities ?? message.caption_entities, view)),
      h("footer", {},
        h("button", { type: "button", class: "link", tabindex: -1, click: () => view.reply(message) }, t("Reply")),
        mine && message.text && h("button", { type: "button", class: "link", tabindex: -1, click: () => view.edit(message) }, t("Edit")),
        message.pinned && h("span", {}, "📌"), message.edit_date && h("span", {}, t("edited")), h("time", {}, time))),
    message.reply_markup && h("div", { class: "buttons" },
      ...message.reply_markup.inline_keyboard.map((row) => h("div", {}, ...row.map((button) => pressable(button, message, view))))));
}

function medium(message) {
  const stored = (file) => `stored/${file.file_id}/${encodeURIComponent(file.file_name ?? "picture")}`;
  if (message.photo) return h("img", { src: stored(message.photo.at(-1)), alt: "Photo" });
  if (!message.document) return null;
  const { file_name: name, file_size: size } = message.document;
  return h("a", { class: "file", href: stored(message.document), download: name }, `📄 ${name} `, h("small", {}, `${Math.ceil(size / 1024)} KB`));
}

function pressable(button, message, view) {
  if (button.url) return link(button.url, [button.text, " ↗"], view);
  const press = async (event) => {
    if (button.callback_data === undefined) return view.search(button.switch_inline_query ?? button.switch_inline_query_current_chat);
    const pressed = event.currentTarget;
    pressed.setAttribute("aria-busy", "true");
    await view.press(message, button.callback_data);
    pressed.removeAttribute("aria-busy");
  };
  return h("button", { type: "button", click: press }, button.text);
}
