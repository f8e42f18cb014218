"""Who takes part in a rehearsal: three people to act as, and the chats that they meet the bot in."""

from .telegram_server import Chat, TelegramServer


class Participants:
    """`person`, `manager` (administers the groups and the channel) and `admin` (of the bot); `chats`, as listed."""

    def __init__(self, server: TelegramServer, admin_id: int) -> None:
        self._server = server
        self.person = server.user(first_name="Person", language_code="zh-hans")
        self.manager = server.user(first_name="Group administrator", language_code="zh-hans")
        self.admin = server.user(admin_id, first_name="Bot’s admin", language_code="zh-hans")
        self.people = [self.person, self.manager, self.admin]
        # As whoever runs a bot does, the admin has written to it before it learns of its admins.
        self.admin.chat.started = True
        self.chats = [
            self.person.chat,
            self._joined(server.group(title="Group")),
            self._joined(server.supergroup(title="Forum", topics={2: "Figures", 3: "Everything else"})),
            self._joined(server.channel(title="Channel")),
            self.manager.chat,
            self.admin.chat,
        ]

    def _joined(self, chat: Chat) -> Chat:
        chat.statuses = {self.person.id: "member", self.manager.id: "creator", self.admin.id: "member"}
        return chat

    def upgrade(self, group: Chat) -> None:
        """The group makes room for the supergroup that it becomes."""
        self.chats[self.chats.index(group)] = self._server.upgrade(group)

    async def add_many_groups(self) -> None:
        """Forty groups, which their administrators subscribe: forty people, as one alone would soon be too fast."""
        for number in range(1, 41):
            group = self._joined(self._server.group(title=f"Group {number}"))
            administrator = self._server.user(first_name=f"Administrator {number}", language_code="zh-hans")
            group.statuses[administrator.id] = "creator"
            self.chats.append(group)
            await administrator.send(f"/subscribe@{self._server.bot['username']}", group)
