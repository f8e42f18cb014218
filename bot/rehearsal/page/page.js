/** The page: the chats at the left, the open one at the right, and who one is in it. */

import { compose, fill, leave, quote, settle } from "./composer.js";
import { $, h, toast } from "./dom.js";
import { bubble, elementId, isMine, preview } from "./messages.js";
import { ask, connect } from "./socket.js";
import { troubles } from "./trouble.js";
import { speak, t } from "./words.js";

const TYPING = 5000; // milliseconds
const PART = 40; // messages
// By places: what has happened there, how much of it nobody has seen, and their entries in the list.
const happened = new Map(), unread = new Map(), entries = new Map();
let problems = 0, listed;

/** What is shown (the rehearsal's state, whose page it is, the open place), and what bubbles and the field need of it. */
const view = {
  chats: [],
  people: [],
  get items() { return [...items(view.place.key).values()]; },
  given: (more) => ({ as: view.me, chat: view.place.chat.id, thread: view.place.thread, ...more }),
  reply: (message) => quote(message, "Reply"),
  edit: (message) => quote(message, "Edit"),
  search: (query) => fill(`@${view.bot.username} ${query}`),
  say: (text) => attempt("send", view.given({ text })),
  attempt,
  follow,
  async press(message, data) {
    const answer = await attempt("press", view.given({ message: message.message_id, data }));
    if (answer?.show_alert) {
      $("#alert p").textContent = answer.text;
      $("#alert").showModal();
    } else if (answer?.text) toast(answer.text);
  },
};

/** Has something done; what cannot be done is told, and returned as undefined. */
async function attempt(action, given, files) {
  try {
    return (await ask(action, given, files)) ?? {};
  } catch (error) {
    toast(error.message);
  }
}

/** Opens what a link of the bot's leads to, as Telegram does; false for a link that leads elsewhere. */
function follow(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== "t.me" || pathname.slice(1) !== view.bot.username) return false;
  open(placeOf(view.me));
  view.say(["/start", searchParams.get("start")].filter(Boolean).join(" "));
  return true;
}

const keyOf = (chat, thread) => `${chat}/${thread ?? ""}`;
const owner = ({ id }) => view.people.find((person) => person.id === id);
const language = () => owner({ id: view.me }).language;
const placeOf = (chat) => places().find((place) => place.chat.id === chat);

/** Where one can write: each chat, and each topic of a forum. */
function places() {
  return view.chats.flatMap((chat) => {
    const name = chat.title ?? t(owner(chat) === view.people[0] ? "Private chat" : owner(chat).name);
    const topics = chat.topics.length ? chat.topics : [{ id: null }];
    return topics.map((topic) => ({
      key: keyOf(chat.id, topic.id), chat, thread: topic.id, name: topic.name ? `${name} · ${topic.name}` : name,
    }));
  });
}

// ---- what happens

function hear(event) {
  if (event.event === "state") showState(event);
  else if (event.event === "message") put(keyOfMessage(event.message), event.message.message_id, event.message);
  else if (event.event === "problem") putProblem(event);
  else if (event.event === "action" && event.chat === view.place.chat.id) showTyping();
}

const keyOfMessage = (message) => keyOf(message.chat.id, message.is_topic_message && message.message_thread_id);

function putProblem(problem) {
  const known = view.chats.some(({ id }) => id === problem.chat);
  put(known ? keyOf(problem.chat, problem.thread) : view.place.key, `problem-${++problems}`, problem);
}

function showState({ messages, problems, ...event }) {
  Object.assign(view, event);
  view.me ??= view.people[0].id;
  if (messages) happened.clear();
  for (const message of messages ?? []) items(keyOfMessage(message)).set(message.message_id, message);
  const found = places().find(({ key }) => key === view.place?.key);
  // A supergroup has the name of the group that it was.
  view.place = found ?? places().find(({ name }) => name === view.place?.name) ?? places()[0];
  // An empty chat shows what the bot says of itself, once it is there.
  if (messages || !found || !view.items.length || language() !== document.documentElement.lang) show(view.place);
  else showChats();
  showHeader();
  problems?.forEach(putProblem);
}

function items(key) {
  if (!happened.has(key)) happened.set(key, new Map());
  return happened.get(key);
}

function put(key, id, item) {
  const isNew = !items(key).has(id);
  if (item.deleted) items(key).delete(id);
  else items(key).set(id, item);
  if (key === view.place.key) showItem(item);
  else if (isNew && !isMine(item, view.me)) unread.set(key, (unread.get(key) ?? 0) + 1);
  showEntry(key);
}

// ---- the list of chats

function showChats() {
  speak(language());
  $("#language").value = language();
  $("#who").replaceChildren(...view.people.map(({ id, name }) => h("option", { value: id, selected: id === view.me }, t(name))));
  const all = places();
  if (all.map(({ key, name }) => key + name).join() !== listed) listChats(all);
  all.forEach(({ key }) => showEntry(key));
  document.body.dataset.status = view.status;
  $("#status").textContent = t(view.status);
}

function listChats(all) {
  listed = all.map(({ key, name }) => key + name).join();
  entries.clear();
  for (const { key, chat, thread, name } of all) {
    const enter = () => open(places().find((place) => place.key === key));
    entries.set(key, h("button", { type: "button", click: enter, class: `entry ${chat.type}` },
      h("span", { class: "avatar", "aria-hidden": "true" }, thread ? "#" : name[0]),
      h("span", { class: "name" }, name), h("span", { class: "preview" }), h("span", { class: "unread" })));
  }
  $("nav ul").replaceChildren(...[...entries.values()].map((entry) => h("li", {}, entry)));
}

function showEntry(key) {
  const entry = entries.get(key);
  if (!entry) return;
  const last = [...items(key).values()].at(-1);
  const count = unread.get(key);
  entry.querySelector(".preview").textContent = last ? preview(last) : "";
  entry.querySelector(".unread").textContent = count ?? "";
  entry.querySelector(".unread").ariaLabel = count ? `${count} unread` : null;
  entry.ariaCurrent = key === view.place.key ? "true" : null;
}

// ---- the open chat

function open(place) {
  show(place);
  showHeader();
  document.body.dataset.open = "chat";
  leave();
}

function show(place) {
  Object.assign(view, { place, day: null });
  unread.delete(place.key);
  if (owner(place.chat)) view.me = place.chat.id;
  showChats();
  $("#log div").replaceChildren(...(view.items.length ? [] : [intro()]));
  view.items.forEach(append);
  $("#log").scrollTop = 0;
}

function showHeader() {
  const { chat, name } = view.place;
  $("#title").textContent = name;
  const kind = chat.type === "private" ? `@${view.bot.username}` : chat.type;
  const gone = chat.type === "private" ? "You have blocked the bot" : "The bot is not a member";
  $("#subtitle").textContent = t(chat.present ? kind : gone);
  $("#trouble").replaceChildren(...troubles(view));
  settle();
}

function showTyping() {
  $("#subtitle").textContent = t("typing …");
  clearTimeout(showTyping.timer);
  showTyping.timer = setTimeout(showHeader, TYPING);
}

/** What an empty chat shows. */
function intro() {
  const place = h("div", { class: "intro" }, h("p", {}, t("Nobody has written here yet.")));
  if (view.place.chat.type === "private") {
    attempt("menu", view.given()).then((menu) => {
      place.firstChild.textContent = menu?.description || place.firstChild.textContent;
      place.append(h("button", { type: "button", click: () => view.say("/start") }, t("Start")));
    });
  }
  return place;
}

function showItem(item) {
  const shown = item.event ? null : document.getElementById(elementId(item));
  if (item.deleted) shown?.remove();
  else if (shown) change(shown, bubble(item, view));
  else append(item);
  if (item.from?.is_bot && $("#subtitle").textContent === t("typing …")) showHeader();
  if (isMine(item, view.me)) $("#log").scrollTop = 0;
}

/** Puts a bubble in place of another; whoever was at its buttons is so still. */
function change(before, after) {
  const wasThere = before.contains(document.activeElement);
  before.replaceWith(after);
  if (wasThere) (after.querySelector(".buttons button") ?? $("#field")).focus();
}

function append(item) {
  const log = $("#log div");
  if (log.firstElementChild?.className === "intro") log.replaceChildren();
  // What is out of sight costs as much as it has parts, however much is in each.
  if (!(log.lastElementChild?.childElementCount < PART)) log.append(h("div", { class: "part" }));
  const part = log.lastElementChild;
  if (item.event) return part.append(h("p", { class: "problem" }, item.text));
  const day = new Date(item.date * 1000).toLocaleDateString(language(), { weekday: "long", day: "numeric", month: "long" });
  if (view.day !== day) part.append(h("p", { class: "day" }, day));
  view.day = day;
  const album = item.media_group_id && log.querySelector(`[data-album="${CSS.escape(item.media_group_id)}"]`);
  if (album) return album.append(bubble(item, view));
  const shown = bubble(item, view);
  part.append(item.media_group_id ? h("div", { class: "album", "data-album": item.media_group_id }, shown) : shown);
}

// ---- what the page itself offers

$("#who").addEventListener("change", ({ target }) => {
  view.me = Number(target.value);
  open(owner(view.place.chat) ? placeOf(view.me) : view.place);
});
$("#language").addEventListener("change", ({ target }) => attempt("language", view.given({ code: target.value })));
$("#back").addEventListener("click", () => (document.body.dataset.open = "chats"));
compose(view);
connect(hear, () => {
  document.body.dataset.status = "ended";
  $("#status").textContent = t("ended");
});
