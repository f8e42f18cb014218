/** What the page itself says, in Simplified and in Traditional Chinese. */

const LANGUAGES = ["zh-hans", "zh-hant"];
const WORDS = {
  connecting: ["连接中", "連線中"],
  starting: ["启动中", "啟動中"],
  serving: ["服务中", "服務中"],
  "network away": ["断网", "斷網"],
  ended: ["已停止", "已停止"],
  "You are": ["您是", "您是"],
  Person: ["普通人", "普通人"],
  "Group administrator": ["群组管理员", "群組管理員"],
  "Bot’s admin": ["机器人管理员", "機器人管理員"],
  "Private chat": ["私聊", "私聊"],
  group: ["群组", "群組"],
  supergroup: ["超级群组", "超級群組"],
  channel: ["频道", "頻道"],
  "typing …": ["正在输入…", "正在輸入…"],
  "Nobody has written here yet.": ["这里还没有人说话。", "這裡還沒有人說話。"],
  Start: ["开始", "開始"],
  Message: ["消息", "訊息"],
  "You have blocked the bot": ["您已拉黑机器人", "您已封鎖機器人"],
  "The bot is not a member": ["机器人不在这里", "機器人不在這裡"],
  "Only the group administrator posts here": ["只有群组管理员在这里发言", "只有群組管理員在這裡發言"],
  Attached: ["附件", "附件"],
  Reply: ["回复", "回覆"],
  Edit: ["编辑", "編輯"],
  edited: ["已编辑", "已編輯"],
  More: ["更多", "更多"],
  Trouble: ["意外", "意外"],
  "Block the bot": ["拉黑机器人", "封鎖機器人"],
  "Unblock the bot": ["解除拉黑", "解除封鎖"],
  "Remove the bot from here": ["把机器人移出这里", "把機器人移出這裡"],
  "Add the bot again": ["把机器人请回来", "把機器人請回來"],
  "Make it a supergroup": ["变成超级群组", "變成超級群組"],
  "Network away for 10 seconds": ["断网 10 秒", "斷網 10 秒"],
  "Answer 429 for 10 seconds": ["10 秒内一律回答 429", "10 秒內一律回答 429"],
  "Kill and restart the bot": ["强行终止机器人再启动", "強行終止機器人再啟動"],
  "Three days later": ["过三天", "過三天"],
  "Add forty subscribed groups": ["加四十个订阅了的群组", "加四十個訂閱了的群組"],
  "The rehearsal is not running; start it again.": ["排练没有在运行，请重新启动。", "排練沒有在執行，請重新啟動。"],
};

/** An English text in the language that was chosen; as it is where there is none for it. */
export const t = (text) => WORDS[text]?.[LANGUAGES.indexOf(document.documentElement.lang)] ?? text;

/** Chooses a language by its code. */
export function speak(code) {
  document.documentElement.lang = code;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
}
