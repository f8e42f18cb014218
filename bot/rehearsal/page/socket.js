/** The connection to the rehearsal: events come in, and what is asked for is answered. */

const waiting = new Map();
let socket;
let asked = 0;

/** Connects, and again whenever the connection is lost; `hear` gets each event, `lost` is told when there is none. */
export function connect(hear, lost) {
  socket = new WebSocket(new URL("socket", location.href.replace(/^http/, "ws")));
  socket.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.event !== "reply") return hear(event);
    waiting.get(event.id)?.(event);
    waiting.delete(event.id);
  };
  socket.onclose = () => {
    lost();
    setTimeout(() => connect(hear, lost), 1000);
  };
}

/** Has something done; returns what came of it. Throws an Error with a line for people where it cannot be done. */
export async function ask(action, given) {
  const id = ++asked;
  if (socket.readyState !== WebSocket.OPEN) throw new Error("The rehearsal is not running; start it again.");
  socket.send(JSON.stringify({ id, do: action, given }));
  return outcome(await new Promise((resolve) => waiting.set(id, resolve)));
}

/** As `ask` for "send", with files. */
export async function upload(given, files) {
  const form = new FormData();
  form.append("given", JSON.stringify(given));
  for (const file of files) form.append("file", file, file.name);
  const response = await fetch("send", { method: "POST", body: form });
  return outcome(response.ok ? await response.json() : { problem: `The files cannot be sent: ${response.statusText}` });
}

function outcome({ result, problem }) {
  if (problem) throw new Error(problem);
  if (result?.problem) throw new Error(result.problem);
  return result;
}
