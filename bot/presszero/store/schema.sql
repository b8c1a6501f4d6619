CREATE TABLE blocked (
	channel VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_blocked PRIMARY KEY (channel, peer)
)
 WITHOUT ROWID;
CREATE TABLE count (
	day INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	total INTEGER NOT NULL,
	CONSTRAINT pk_count PRIMARY KEY (day, name)
)
 WITHOUT ROWID;
CREATE TABLE customer (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	facts TEXT NOT NULL,
	remembered TEXT NOT NULL,
	tags TEXT NOT NULL,
	verified BOOLEAN NOT NULL,
	folded TEXT NOT NULL,
	created_at FLOAT NOT NULL
);
CREATE TABLE held (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	channel VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	"key" VARCHAR NOT NULL,
	due_at FLOAT NOT NULL,
	at FLOAT NOT NULL,
	incoming TEXT NOT NULL,
	CONSTRAINT uq_held_channel_external_id UNIQUE (channel, external_id)
);
CREATE INDEX ix_held_channel_peer_id ON held (channel, peer, id);
CREATE TABLE operator (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name VARCHAR NOT NULL,
	shown VARCHAR NOT NULL,
	password VARCHAR NOT NULL,
	queues TEXT NOT NULL,
	disabled BOOLEAN NOT NULL,
	lang VARCHAR NOT NULL,
	role VARCHAR NOT NULL,
	away BOOLEAN NOT NULL,
	present_at FLOAT NOT NULL,
	CONSTRAINT uq_operator_name UNIQUE (name)
);
CREATE TABLE publication (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	at FLOAT NOT NULL,
	author VARCHAR NOT NULL,
	note TEXT NOT NULL,
	base INTEGER,
	restores INTEGER,
	share INTEGER NOT NULL,
	state VARCHAR NOT NULL,
	format INTEGER NOT NULL,
	files TEXT NOT NULL,
	baseline TEXT NOT NULL,
	CONSTRAINT fk_publication_base_publication FOREIGN KEY(base) REFERENCES publication (id),
	CONSTRAINT fk_publication_restores_publication FOREIGN KEY(restores) REFERENCES publication (id)
);
CREATE TABLE secret (
	name VARCHAR NOT NULL,
	value BLOB NOT NULL,
	CONSTRAINT pk_secret PRIMARY KEY (name)
);
CREATE TABLE source (
	digest VARCHAR NOT NULL,
	body BLOB NOT NULL,
	CONSTRAINT pk_source PRIMARY KEY (digest)
);
CREATE TABLE structure (
	flow VARCHAR NOT NULL,
	version VARCHAR NOT NULL,
	compiled BLOB NOT NULL,
	in_flight VARCHAR NOT NULL,
	drain FLOAT NOT NULL,
	policy VARCHAR NOT NULL,
	until FLOAT NOT NULL,
	CONSTRAINT pk_structure PRIMARY KEY (flow, version)
);
CREATE TABLE conversation (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	channel VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	customer_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	state BLOB NOT NULL,
	holder VARCHAR NOT NULL,
	operator_id INTEGER,
	queue VARCHAR NOT NULL,
	brief TEXT NOT NULL,
	lang VARCHAR NOT NULL,
	title VARCHAR NOT NULL,
	page TEXT NOT NULL,
	queued_at FLOAT,
	due_at FLOAT,
	created_at FLOAT NOT NULL,
	updated_at FLOAT NOT NULL,
	last_seq INTEGER NOT NULL,
	read_seq INTEGER NOT NULL,
	seen_seq INTEGER NOT NULL,
	ended BOOLEAN NOT NULL,
	CONSTRAINT fk_conversation_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_conversation_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE INDEX ix_conversation_channel_peer_id ON conversation (channel, peer, id);
CREATE INDEX ix_conversation_customer_id ON conversation (customer_id);
CREATE INDEX ix_conversation_waiting ON conversation (holder, queue, queued_at) WHERE holder <> 'bot';
CREATE TABLE handle (
	channel VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	operator_id INTEGER NOT NULL,
	CONSTRAINT pk_handle PRIMARY KEY (channel, external_id),
	CONSTRAINT fk_handle_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_handle_operator_id ON handle (operator_id);
CREATE TABLE identity (
	"key" VARCHAR NOT NULL,
	customer_id INTEGER NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_identity PRIMARY KEY ("key"),
	CONSTRAINT fk_identity_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE INDEX ix_identity_customer_id ON identity (customer_id);
CREATE TABLE link (
	digest VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	customer_id INTEGER NOT NULL,
	expires_at FLOAT NOT NULL,
	CONSTRAINT pk_link PRIMARY KEY (digest),
	CONSTRAINT fk_link_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE session (
	digest VARCHAR NOT NULL,
	operator_id INTEGER NOT NULL,
	expires_at FLOAT NOT NULL,
	CONSTRAINT pk_session PRIMARY KEY (digest),
	CONSTRAINT fk_session_operator_id_operator FOREIGN KEY(operator_id) REFERENCES operator (id)
);
CREATE INDEX ix_session_operator_id ON session (operator_id);
CREATE TABLE call (
	conversation_id INTEGER NOT NULL,
	id VARCHAR NOT NULL,
	call VARCHAR NOT NULL,
	given TEXT NOT NULL,
	"key" VARCHAR NOT NULL,
	attempts INTEGER NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_call PRIMARY KEY (conversation_id, id),
	CONSTRAINT fk_call_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_call_at ON call (at);
CREATE TABLE file (
	id VARCHAR NOT NULL,
	conversation_id INTEGER NOT NULL,
	name VARCHAR NOT NULL,
	type VARCHAR NOT NULL,
	size INTEGER NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_file PRIMARY KEY (id),
	CONSTRAINT fk_file_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE INDEX ix_file_conversation_id ON file (conversation_id);
CREATE TABLE inbound (
	id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	conversation_id INTEGER NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_inbound PRIMARY KEY (id),
	CONSTRAINT uq_inbound_channel_external_id UNIQUE (channel, external_id),
	CONSTRAINT fk_inbound_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE TABLE merge (
	conversation_id INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	at FLOAT NOT NULL,
	undone BOOLEAN NOT NULL,
	CONSTRAINT pk_merge PRIMARY KEY (conversation_id),
	CONSTRAINT fk_merge_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_merge_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE TABLE message (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	conversation_id INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	who VARCHAR NOT NULL,
	text TEXT NOT NULL,
	at FLOAT NOT NULL,
	author VARCHAR NOT NULL,
	body TEXT NOT NULL,
	folded TEXT NOT NULL,
	CONSTRAINT uq_message_conversation_id_seq UNIQUE (conversation_id, seq),
	CONSTRAINT fk_message_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE TABLE question (
	id INTEGER NOT NULL,
	at FLOAT NOT NULL,
	place VARCHAR NOT NULL,
	channel VARCHAR NOT NULL,
	conversation_id INTEGER,
	customer_id INTEGER,
	lang VARCHAR NOT NULL,
	text TEXT NOT NULL,
	searched TEXT NOT NULL,
	band VARCHAR NOT NULL,
	shown TEXT NOT NULL,
	chance FLOAT NOT NULL,
	flow VARCHAR NOT NULL,
	intent VARCHAR NOT NULL,
	confidence FLOAT NOT NULL,
	feedback VARCHAR NOT NULL,
	handed_at FLOAT,
	CONSTRAINT pk_question PRIMARY KEY (id),
	CONSTRAINT fk_question_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_question_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id)
);
CREATE INDEX ix_question_at ON question (at);
CREATE INDEX ix_question_conversation_id_id ON question (conversation_id, id);
CREATE INDEX ix_question_customer_id_at ON question (customer_id, at);
CREATE TABLE ticket (
	number INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL,
	customer_id INTEGER NOT NULL,
	title TEXT NOT NULL,
	category VARCHAR NOT NULL,
	priority VARCHAR NOT NULL,
	queue VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	owner_id INTEGER,
	fields TEXT NOT NULL,
	notify TEXT NOT NULL,
	guess TEXT NOT NULL,
	reply_due FLOAT,
	resolve_due FLOAT,
	secret VARCHAR NOT NULL,
	contact VARCHAR NOT NULL,
	created_at FLOAT NOT NULL,
	updated_at FLOAT NOT NULL,
	replied_at FLOAT,
	resolved_at FLOAT,
	reopened INTEGER NOT NULL,
	lang VARCHAR NOT NULL,
	folded TEXT NOT NULL,
	CONSTRAINT pk_ticket PRIMARY KEY (number),
	CONSTRAINT fk_ticket_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id),
	CONSTRAINT fk_ticket_customer_id_customer FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_ticket_owner_id_operator FOREIGN KEY(owner_id) REFERENCES operator (id)
);
CREATE INDEX ix_ticket_conversation_id ON ticket (conversation_id);
CREATE INDEX ix_ticket_customer_id ON ticket (customer_id);
CREATE INDEX ix_ticket_state ON ticket (state);
CREATE TABLE timer (
	conversation_id INTEGER NOT NULL,
	purpose VARCHAR NOT NULL,
	serial INTEGER NOT NULL,
	due_at FLOAT NOT NULL,
	CONSTRAINT pk_timer PRIMARY KEY (conversation_id, purpose),
	CONSTRAINT fk_timer_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_timer_due_at ON timer (due_at);
CREATE TABLE topic (
	conversation_id INTEGER NOT NULL,
	account VARCHAR NOT NULL,
	chat_id VARCHAR NOT NULL,
	thread_id VARCHAR NOT NULL,
	sent_seq INTEGER NOT NULL,
	begun_seq INTEGER NOT NULL,
	card VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	at FLOAT NOT NULL,
	CONSTRAINT pk_topic PRIMARY KEY (conversation_id),
	CONSTRAINT uq_topic_account_chat_id_thread_id UNIQUE (account, chat_id, thread_id),
	CONSTRAINT fk_topic_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE TABLE lesson (
	ticket_number INTEGER NOT NULL,
	conversation_id INTEGER NOT NULL,
	at FLOAT NOT NULL,
	"by" VARCHAR NOT NULL,
	lang VARCHAR NOT NULL,
	text TEXT NOT NULL,
	guess VARCHAR NOT NULL,
	confidence FLOAT NOT NULL,
	means VARCHAR NOT NULL,
	category VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	decided_at FLOAT,
	decided_by VARCHAR NOT NULL,
	taught_text TEXT NOT NULL,
	taught_as VARCHAR NOT NULL,
	file VARCHAR NOT NULL,
	CONSTRAINT pk_lesson PRIMARY KEY (ticket_number),
	CONSTRAINT fk_lesson_ticket_number_ticket FOREIGN KEY(ticket_number) REFERENCES ticket (number),
	CONSTRAINT fk_lesson_conversation_id_conversation FOREIGN KEY(conversation_id) REFERENCES conversation (id)
);
CREATE INDEX ix_lesson_conversation_id ON lesson (conversation_id);
CREATE INDEX ix_lesson_state_at ON lesson (state, at);
CREATE TABLE outbox (
	message_id INTEGER NOT NULL,
	channel VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	state VARCHAR NOT NULL,
	attempts INTEGER NOT NULL,
	due_at FLOAT NOT NULL,
	external_id VARCHAR NOT NULL,
	why VARCHAR NOT NULL,
	rank INTEGER NOT NULL,
	CONSTRAINT pk_outbox PRIMARY KEY (message_id),
	CONSTRAINT fk_outbox_message_id_message FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX ix_outbox_lost ON outbox (message_id) WHERE state IN ('failed', 'in_doubt');
CREATE INDEX ix_outbox_waiting ON outbox (channel, peer, message_id) WHERE state IN ('queued', 'begun');
CREATE TABLE ticket_event (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	ticket_number INTEGER NOT NULL,
	at FLOAT NOT NULL,
	"by" VARCHAR NOT NULL,
	what TEXT NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT fk_ticket_event_ticket_number_ticket FOREIGN KEY(ticket_number) REFERENCES ticket (number)
);
CREATE INDEX ix_ticket_event_ticket_number ON ticket_event (ticket_number);
CREATE TABLE trace (
	channel VARCHAR NOT NULL,
	peer VARCHAR NOT NULL,
	external_id VARCHAR NOT NULL,
	message_id INTEGER NOT NULL,
	part INTEGER NOT NULL,
	CONSTRAINT pk_trace PRIMARY KEY (channel, peer, external_id),
	CONSTRAINT fk_trace_message_id_message FOREIGN KEY(message_id) REFERENCES message (id)
)
 WITHOUT ROWID;
CREATE INDEX ix_trace_message_id ON trace (message_id);
