/** The connection to the rehearsal: events come in, and what is asked for is answered. */

import { t } from "./words.js";

/** Connects, and again whenever the connection is lost; `hear` gets each event, `lost` is told when there is none. */
export function connect(hear, lost) {
  const socket = new WebSocket(new URL("socket", location.href.replace(/^http/, "ws")));
  socket.onmessage = ({ data }) => hear(JSON.parse(data));
  socket.onclose = () => {
    lost();
    setTimeout(() => connect(hear, lost), 1000);
  };
}

/** Has something done; returns what came of it. Throws an Error with a line for people where it cannot be done. */
export async function ask(action, given, files = []) {
  const form = new FormData();
  form.append("given", JSON.stringify(given));
  for (const file of files) form.append("file", file, file.name);
  const response = await fetch(`do/${action}`, { method: "POST", body: form }).catch(() => {
    throw new Error(t("The rehearsal is not running; start it again."));
  });
  const { result, problem } = response.ok ? await response.json() : { problem: response.statusText };
  if (problem) throw new Error(problem);
  return result;
}
