/** The page: the chats at the left, the open one at the right, and who one is in it. */

import { compose, fill, leave, offerKeyboard, quote, settle } from "./composer.js";
import { $, h, toast } from "./dom.js";
import { bubble, elementId, isMine, preview } from "./messages.js";
import { ask, connect } from "./socket.js";
import { troubles } from "./trouble.js";

const NOTHING = "Nobody has written here yet.";
const DOING = "typing …";
const TYPING = 5000; // milliseconds
const FEW = 8; // chats and topics that are always there
const PART = 40; // messages
const state = { chats: [], people: [], items: new Map(), unread: new Map(), entries: new Map(), problems: 0 };

/** What bubbles and the field need of the page. */
const view = {
  get me() { return state.me; },
  get bot() { return state.bot; },
  get place() { return state.place; },
  get people() { return state.people; },
  get person() { return state.people.find(({ id }) => id === state.me); },
  get items() { return [...(state.items.get(state.place.key)?.values() ?? [])]; },
  given: (more) => ({ as: state.me, chat: state.place.chat.id, thread: state.place.thread, ...more }),
  reply: (message) => quote(message, "reply"),
  edit: (message) => quote(message, "edit"),
  search: (query) => fill(`@${state.bot.username} ${query}`),
  say: (text) => attempt("send", view.given({ text })),
  attempt,
  follow,
  async press(message, data) {
    const answer = await attempt("press", view.given({ message: message.message_id, data }));
    if (answer?.url) follow(answer.url);
    if (answer?.alert) {
      $("#alert p").textContent = answer.text;
      $("#alert").showModal();
    } else if (answer?.text) toast(answer.text);
  },
};

/** Has something done; what cannot be done is told, and returned as undefined. */
async function attempt(action, given) {
  try {
    return (await ask(action, given)) ?? {};
  } catch (error) {
    toast(error.message);
  }
}

/** Opens what a link of the bot's leads to, as Telegram does; false for a link that leads elsewhere. */
function follow(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  if (hostname !== "t.me" || pathname.slice(1) !== state.bot.username) return false;
  open(places().find(({ chat }) => chat.id === state.me));
  view.say(["/start", searchParams.get("start")].filter(Boolean).join(" "));
  return true;
}

const keyOf = (chat, thread) => `${chat}/${thread ?? ""}`;
const owner = (chat) => state.people.find(({ id }) => id === chat.id);

/** Where one can write: each chat, and each topic of a forum. */
function places() {
  return state.chats.flatMap((chat) => {
    const name = chat.title ?? ["Private chat", owner(chat)?.name, "Admin’s chat"][state.people.indexOf(owner(chat))];
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
  else if (event.event === "action" && event.chat === state.place.chat.id) showTyping();
}

function keyOfMessage(message) {
  if (!message.deleted) return keyOf(message.chat.id, message.is_topic_message ? message.message_thread_id : null);
  return [...state.items.keys()].find((key) => key.startsWith(`${message.chat.id}/`) && state.items.get(key).has(message.message_id));
}

function putProblem(problem) {
  const known = state.chats.some(({ id }) => id === problem.chat);
  put(known ? keyOf(problem.chat, problem.thread) : state.place.key, `problem-${++state.problems}`, problem);
}

function showState({ messages, problems, ...event }) {
  Object.assign(state, event);
  state.me ??= state.people[0].id;
  if (messages) {
    state.items.clear();
    for (const message of messages) if (!message.deleted) items(keyOfMessage(message)).set(message.message_id, message);
  }
  const found = places().find(({ key }) => key === state.place?.key);
  // A supergroup has the name of the group that it was.
  state.place = found ?? places().find(({ name }) => name === state.place?.name) ?? places()[0];
  // An empty chat shows what the bot says of itself, once it is there.
  if (messages || !found || !view.items.length) show(state.place);
  else showChats();
  showHeader();
  $("#status").textContent = document.body.dataset.status = state.status;
  for (const problem of problems ?? []) putProblem(problem);
}

function items(key) {
  if (!state.items.has(key)) state.items.set(key, new Map());
  return state.items.get(key);
}

function put(key, id, item) {
  if (key === undefined) return;
  const isNew = !items(key).has(id);
  if (item.deleted) items(key).delete(id);
  else items(key).set(id, item);
  if (key === state.place.key) showItem(item);
  else if (isNew && !isMine(item, state.me)) state.unread.set(key, (state.unread.get(key) ?? 0) + 1);
  showEntry(key);
}

// ---- the list of chats

function showChats() {
  const all = places();
  if (all.map(({ key }) => key).join() !== [...state.entries.keys()].join()) listChats(all);
  state.entries.forEach((_, key) => showEntry(key));
  const options = state.people.map(({ id, name }) => h("option", { value: id, selected: id === state.me }, name));
  $("#who").replaceChildren(...options);
  $("#language").value = view.person.language;
}

function listChats(all) {
  state.entries.clear();
  const entries = all.map((place) => {
    const enter = () => open(places().find(({ key }) => key === place.key));
    const entry = h("button", { type: "button", click: enter, class: `entry ${place.chat.type}` },
      h("span", { class: "avatar", "aria-hidden": "true" }, place.thread ? "#" : place.name.replace("Group ", "")[0].toUpperCase()),
      h("span", { class: "name" }, place.name), h("span", { class: "preview" }), h("span", { class: "unread" }));
    state.entries.set(place.key, entry);
    return h("li", {}, entry);
  });
  const more = entries.slice(FEW);
  $("nav").replaceChildren(h("ul", {}, ...entries.slice(0, FEW)),
    ...(more.length ? [h("details", { open: true }, h("summary", {}, "Forty groups"), h("ul", {}, ...more))] : []));
}

function showEntry(key) {
  const entry = state.entries.get(key);
  if (!entry) return;
  const last = [...items(key).values()].at(-1);
  const count = state.unread.get(key) ?? 0;
  entry.querySelector(".preview").textContent = last ? last.text && last.event ? last.text : preview(last) : "";
  entry.querySelector(".unread").textContent = count || "";
  entry.querySelector(".unread").ariaLabel = count ? `${count} unread` : null;
  if (key === state.place.key) entry.setAttribute("aria-current", "true");
  else entry.removeAttribute("aria-current");
}

// ---- the open chat

function open(place) {
  show(place);
  showHeader();
  document.body.dataset.open = "chat";
  leave();
}

function show(place) {
  state.place = place;
  state.unread.delete(place.key);
  if (owner(place.chat)) state.me = place.chat.id;
  showChats();
  $("#log").replaceChildren(...(view.items.length ? [] : [intro()]));
  view.items.forEach(append);
  state.atEnd = true;
  state.scrolledTo = 0;
  toEnd();
}

function showHeader() {
  const { chat, name } = state.place;
  $("#title").textContent = name;
  const kind = { private: `with @${state.bot.username}`, group: "group", supergroup: "supergroup", channel: "channel" }[chat.type];
  const gone = chat.type === "private" ? "you have blocked the bot" : "the bot is not a member";
  $("#subtitle").textContent = chat.present ? kind : gone;
  $("#trouble div").replaceChildren(...troubles(view));
  settle();
}

function showTyping() {
  $("#subtitle").textContent = DOING;
  clearTimeout(showTyping.timer);
  showTyping.timer = setTimeout(showHeader, TYPING);
}

/** What an empty chat shows. */
function intro() {
  const place = h("div", { class: "intro" }, h("p", {}, NOTHING));
  if (state.place.chat.type === "private") {
    attempt("menu", view.given()).then((menu) => {
      place.firstChild.textContent = menu?.description || NOTHING;
      place.append(h("button", { type: "button", click: () => view.say("/start") }, "Start"));
    });
  }
  return place;
}

function showItem(item) {
  const shown = item.event ? null : document.getElementById(elementId(item));
  if (item.deleted) shown?.remove();
  else if (shown) change(shown, bubble(item, view));
  else append(item);
  if (item.from?.is_bot && $("#subtitle").textContent === DOING) showHeader();
  if (isMine(item, state.me)) state.atEnd = true;
  toEnd();
  offerKeyboard(view);
}

/** Puts a bubble in place of another; whoever was at its buttons is so still. */
function change(before, after) {
  const wasThere = before.contains(document.activeElement);
  before.replaceWith(after);
  if (wasThere) (after.querySelector(".buttons button") ?? $("#field")).focus();
}

/** Stays at the newest message, unless somebody has scrolled up; twice, as what comes into sight gets its size then. */
function toEnd(times = 2) {
  cancelAnimationFrame(toEnd.frame);
  toEnd.frame = state.atEnd && requestAnimationFrame(() => {
    $("#log").scrollTop = $("#log").scrollHeight;
    if (times > 1) toEnd(times - 1);
  });
}

function append(item) {
  const log = $("#log");
  log.querySelector(".intro")?.remove();
  // What is out of sight costs as much as it has parts, however much is in each.
  if (!(log.lastElementChild?.childElementCount < PART)) log.append(h("div", { class: "part" }));
  const part = log.lastElementChild;
  if (item.event) return part.append(h("p", { class: "problem" }, item.text));
  const day = new Date(item.date * 1000).toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  if (log.dataset.day !== day || !log.querySelector(".day")) part.append(h("p", { class: "day" }, day));
  log.dataset.day = day;
  const album = item.media_group_id && log.querySelector(`[data-album="${CSS.escape(item.media_group_id)}"]`);
  if (album) return album.append(bubble(item, view));
  const shown = bubble(item, view);
  part.append(item.media_group_id ? h("div", { class: "album", "data-album": item.media_group_id }, shown) : shown);
}

// ---- what the page itself offers

$("#who").addEventListener("change", ({ target }) => {
  state.me = Number(target.value);
  open(owner(state.place.chat) ? places().find(({ chat }) => chat.id === state.me) : state.place);
});
$("#language").addEventListener("change", ({ target }) => attempt("language", { as: state.me, code: target.value }));
$("#back").addEventListener("click", () => (document.body.dataset.open = "chats"));
document.addEventListener("click", ({ target }) => $("#trouble").contains(target) || ($("#trouble").open = false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("#trouble").open = false;
  if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const all = places();
  const next = all.findIndex(({ key }) => key === state.place.key) + (event.key === "ArrowDown" ? 1 : -1);
  if (all[next]) open(all[next]);
  event.preventDefault();
});

$("#log").addEventListener("scroll", ({ target }) => {
  if (target.scrollTop < state.scrolledTo) state.atEnd = false;
  if (target.scrollHeight - target.scrollTop - target.clientHeight < 40) state.atEnd = true;
  state.scrolledTo = target.scrollTop;
});
new ResizeObserver(() => toEnd()).observe($("#log"));
compose(view);
connect(hear, () => {
  $("#status").textContent = document.body.dataset.status = "ended";
});
