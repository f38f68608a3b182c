#pragma once
/// Every limit of the server in one place, with its unit and the reason for it. What happens at a limit is
/// written beside it.

#include <cstddef>
#include <cstdint>

#include "protocols/base/time.hpp"

namespace chautari::limits {

// ---- journal
// ------------------------------------------------------------------------------------------
/// Records of one transaction. Beyond some hundred a batch gains nothing and a crash repeats more.
inline constexpr std::size_t batch_records_max = 512;
/// Records that wait for the writer. Full: `journal_refusal::overloaded`, 503 with Retry-After at the door.
inline constexpr std::size_t backlog_records_max = 20'000;
/// How long the writer tries to reach the database before it refuses what has not been sent (503,
/// Retry-After).
inline constexpr seconds database_retry_max{5};

/// Between two attempts to reach the database again: doubled from the first to the last.
inline constexpr milliseconds database_retry_first{100};
inline constexpr milliseconds database_retry_last{1'000};
/// A connection that is not made in so long is a failed one.
inline constexpr seconds database_connect_within{2};
/// One statement of a batch or of a question. Longer: the database is as good as gone, the batch is repeated.
inline constexpr milliseconds statement_within{10'000};
/// Rows that one statement of the tidying deletes; a batch may wait for it. More are left for the next one.
inline constexpr std::size_t tidy_rows_max = 5'000;
/// A statement of the tidying that takes longer is given up, said so, and tried again the next time.
inline constexpr milliseconds tidy_within{2'000};
/// Tidying begins so long after the start and is repeated so often.
inline constexpr seconds tidy_first{60};
inline constexpr hours tidy_every{1};
/// Between two statements of the tidying, while the writer is idle; a busy one is not held up for it but so
/// often.
inline constexpr milliseconds tidy_pause{1'000};
inline constexpr seconds tidy_busy_pause{30};
/// Connections that only read. Reads are rare: memory answers nearly everything.
inline constexpr std::size_t reader_connections = 2;
/// Questions that wait for a reader. Full: `reader_refusal::overloaded`, 503 with Retry-After at the door.
inline constexpr std::size_t reader_questions_max = 2'000;
/// Revoked sessions that are remembered after a restart: longer than any access token lives.
inline constexpr hours revocations_kept{1};
/// Rows of one page of a list.
inline constexpr int page_rows_max = 100;
/// Lines of a rental's history, charges and payments that are shown to operators; a long one has fifty.
inline constexpr int rental_story_rows_max = 500;
/// Riders whose totals one I/O thread remembers for 5 minutes. More: the oldest are asked for again.
inline constexpr std::size_t rental_stats_kept_max = 10'000;

// ---- cabinets
// ------------------------------------------------------------------------------------------
/// Commands that wait at one cabinet behind the ejection in flight. Full: 503 `station_busy`.
inline constexpr std::size_t kiosk_queue_max = 16;
/// Reports of one cabinet whose row is still on its way to disk. Full: heartbeats are counted but not stored;
/// facts wait.
inline constexpr std::size_t kiosk_reports_in_flight_max = 64;
/// Reports of one cabinet that prove something, and alarms, that wait for the database. Full: further ones
/// are lost, and said so.
inline constexpr std::size_t kiosk_unsaved_max = 32;
/// Bytes of one frame: 80 slots of 15 bytes and their boards fit four times.
inline constexpr std::size_t cabinet_frame_bytes_max = 4096;
/// Riders who wait for a fresh snapshot of one station. Full: 503 `station_busy`.
inline constexpr std::size_t reservations_waiting_max = 16;
/// How long an ejection may wait behind another one. Later it would hand a bank to somebody who has left:
/// never sent, refunded.
inline constexpr seconds ejection_queue_wait_max{30};
/// Facts of one cabinet (returns, a snapshot) that wait to be stored. Full: dropped, and a snapshot is asked
/// for once storage is back, which shows the same.
inline constexpr std::size_t kiosk_facts_waiting_max = 64;
/// When our line to the broker is back every cabinet is asked for a snapshot, spread over so long: ten
/// thousand answers in one second would drown everything else.
inline constexpr seconds line_checks_spread{60};
/// Cabinets nobody registered that are remembered by name; beyond it they are only counted.
inline constexpr std::size_t unknown_cabinets_max = 1'000;
/// Claims over HTTP that one cabinet's own line has neither confirmed nor denied yet. Full: the oldest is no
/// longer asked about; its rental waits for the next snapshot that shows the bank.
inline constexpr std::size_t kiosk_claims_max = 8;
/// Changes of one station's status that wait for the database; the oldest is given up first.
inline constexpr std::size_t station_changes_waiting_max = 16;
/// Deadlines armed at once over all owners. Full: fired at once, so that nobody waits for ever.
inline constexpr std::size_t timers_max = 4'000'000;
/// Frames of all cabinets that wait to be dealt with. Full: further ones are dropped and counted; a snapshot
/// tells later what a dropped frame would have said.
inline constexpr std::size_t broker_frames_under_way_max = 20'000;
/// Slots of one station; the frame can name 1..80.
inline constexpr int station_slots_max = 80;

/// Operators' commands to one station within a minute, and the pause between two restarts of its cabinet.
/// More: 429 with Retry-After.
inline constexpr std::size_t station_commands_a_minute_max = 30;
inline constexpr minutes station_reboot_pause{5};
/// Operators who wait at one cabinet for the end of the same command. More: told how it stands, and to ask
/// again.
inline constexpr std::size_t command_askers_max = 8;
/// What a kiosk that died would have heard, until it lives again. Full: further frames are lost; a snapshot
/// is asked for in any case.
inline constexpr std::size_t reborn_kiosk_messages_max = 256;

// ---- riders
// ------------------------------------------------------------------------------------------
/// Rider accounts awake in memory; the longest idle one sleeps first and is read again when needed.
inline constexpr std::size_t accounts_awake_max = 200'000;
/// Sign-ins awake in memory (one per identifier being signed in).
inline constexpr std::size_t sign_ins_awake_max = 50'000;
/// Stored answers one account keeps in memory for Idempotency-Key; older ones are found in the database.
inline constexpr std::size_t stored_answers_max = 64;
/// Rentals that are being started or are open. A country's fleet fits; beyond it 503.
inline constexpr std::size_t open_rentals_max = 1'000'000;

/// Favourite stations of one rider. More: `too_many_favourites`.
inline constexpr std::size_t favourites_max = 500;
/// One credit to a wallet, in paisa: NPR 10 to 50,000.
inline constexpr std::int64_t credit_paisa_min = 10'00;
inline constexpr std::int64_t credit_paisa_max = 50'000'00;
/// How long an account that could not be read refuses at once before it tries the database again.
inline constexpr milliseconds account_wake_retry{1'000};
/// A start is answered after so long, whatever the cabinet does.
inline constexpr seconds start_answer_within{8};
/// Before the database is asked for a rental whose actor died; doubled up to 32 times with each failure.
inline constexpr seconds rental_lookup_pause{2};
/// Pieces of evidence one rental keeps. Full: the oldest claim or denial goes first, what proves stays.
inline constexpr std::size_t rental_evidence_max = 32;
/// A claim that nobody could confirm or deny for so long stops no clock any more: its cabinet is dark.
inline constexpr hours return_claim_max{24};
/// Between two places of a rider's phone that are stored; and so many of them for one rental.
inline constexpr seconds rental_location_pause{30};
/// Between two tries to store something that no caller waits for (a rental becomes overdue).
inline constexpr seconds rental_store_retry{5};

// ---- the doors -----------------------------------------------------------------------------
/// Bodies up to this size leave as they are: gzip would cost more than the bytes it saves.
inline constexpr std::size_t compress_above_bytes = 1024;
/// Nesting of a JSON body; ours need three.
inline constexpr std::size_t json_depth_max = 16;
/// Query parameters of one request. More: 400.
inline constexpr std::size_t query_fields_max = 32;
/// Problems listed in one 400; a body of wrong fields must not grow the answer without end.
inline constexpr std::size_t field_problems_max = 32;
/// Answers of pipelined requests gathered before they are written.
inline constexpr std::size_t pipelined_bytes_max = 64 * 1024;
/// Bytes read and thrown away after an answer that closes a connection, so that the answer is not lost to a
/// reset.
inline constexpr std::size_t linger_bytes_max = 256 * 1024;
/// Connections the kernel holds for us before we take them; more are not answered and try again.
inline constexpr int accept_queue_max = 1024;
/// Connections of one I/O thread beyond the allowed ones that are told 503; more are closed without a word.
inline constexpr std::size_t surplus_connections_max = 64;
/// How long such a connection may linger.
inline constexpr milliseconds linger_max{2'000};

/// A wait of so long behind the actors, or behind the batches the database is writing, is a queue: far above
/// what a batch needs, far below what a rider notices in a start.
inline constexpr milliseconds wait_target{100};
/// A queue that stands for so long is overload and no burst: reads and new rentals get 503 while it is
/// longer.
inline constexpr milliseconds wait_standing{200};
/// Riders' other changes are refused only above this: refusing new rentals has not been enough.
inline constexpr milliseconds riders_wait_target{400};
/// Overload is over when no wait was above the target for so long; until then no new burst has to stand
/// first.
inline constexpr seconds overload_calm{10};
/// Retry-After of those refusals, drawn between the two so that not everybody comes back at once.
inline constexpr seconds overload_retry_first{1};
inline constexpr seconds overload_retry_last{5};
/// Of the asks under way of one I/O thread (`asks_waiting_max`) new rentals, reads and riders' other changes
/// may have 1/2, 1/4 and 1/8: cabinets and operators always find the rest. A start waits for a cabinet's
/// motor for seconds, so they need most. More: 503 with Retry-After.
inline constexpr std::size_t new_rentals_slots_part = 2;
inline constexpr std::size_t reads_slots_part = 4;
inline constexpr std::size_t riders_slots_part = 8;

/// Files of the operators' page, held in memory, and their bytes. More refuse the start.
inline constexpr std::size_t static_files_max = 1'000;
inline constexpr std::size_t static_bytes_max = 64 * 1024 * 1024;

// ---- the broker ----------------------------------------------------------------------------
/// Publishes the broker has not acknowledged (QoS 1). paho's default of 10 would cap a busy server.
inline constexpr std::size_t broker_inflight_max = 10'000;
/// Commands that wait for the broker's socket. Full: `broker_refusal::buffer_full`, the ejection is
/// cancelled.
inline constexpr std::size_t broker_buffered_max = 10'000;
/// Without a frame from any cabinet for so long we are deaf: alarm and reconnect (a cabinet speaks
/// every 9..10 min).
inline constexpr minutes broker_silence_max{12};

// ---- operations ----------------------------------------------------------------------------
/// Log lines that wait for the disk. Full: the oldest make room and are counted.
inline constexpr std::size_t log_lines_waiting_max = 8'192;
/// An answer that takes longer than this is told in the log. Riders notice a second; our own goal is far
/// below.
inline constexpr milliseconds slow_answer{1'000};
/// Bytes of what a handler threw that are told in the log.
inline constexpr std::size_t failure_text_bytes_max = 1'024;
/// Connections of the operations door (a scraper, a prober, a person). More: closed at once.
inline constexpr std::size_t operations_connections_max = 32;
/// A connection of the operations door that sends or takes nothing for so long is closed.
inline constexpr seconds operations_idle_max{15};
/// From SIGTERM to exit. Past it the process ends with 1 whatever is still under way.
inline constexpr seconds shutdown_max{30};

// ---- live topics ---------------------------------------------------------------------------
/// Topics of one WebSocket. More: refused with `too_many_topics`.
inline constexpr std::size_t topics_per_socket_max = 50;
/// Bytes of one frame from a client. More: closed with 1009.
inline constexpr std::size_t socket_frame_bytes_max = 64 * 1024;
/// Answers to a client's own frames that wait for its socket; beyond it we stop reading from the socket.
inline constexpr std::size_t socket_replies_max = 64;
/// Live topics of one I/O thread. Full: `service_unavailable` to the subscriber.
inline constexpr std::size_t live_topics_max = 100'000;
/// Distinct rectangles of one I/O thread; each station change is compared with all of them.
inline constexpr std::size_t live_areas_max = 2'000;
/// Events of one topic kept for `resume`, and for how long.
inline constexpr std::size_t topic_window_events_max = 32;
inline constexpr seconds topic_window{60};
/// Areas are sent so often at most.
inline constexpr milliseconds area_batch{250};
/// Between connection and token; then closed with 4401.
inline constexpr seconds socket_auth_within{5};
/// Between pings; two misses close the socket.
inline constexpr seconds socket_heartbeat{20};
/// A socket that cannot take a frame for so long is closed with 4408.
inline constexpr seconds socket_write_within{10};
/// Frames that are no protocol; then closed with 4400.
inline constexpr int socket_bad_frames_max = 3;

// ---- sign-in
// ------------------------------------------------------------------------------------------
/// Bytes of an e-mail address or number (RFC 5321, 4.5.3.1.3), and of the part before the @.
inline constexpr std::size_t identifier_bytes_max = 254;
inline constexpr std::size_t mailbox_bytes_max = 64;
/// Bytes of an access token; ours have about 550. Longer ones are refused unread.
inline constexpr std::size_t access_token_bytes_max = 2048;
/// Keys that verify at once: two while rotating, and room for a mistake. More refuse the start.
inline constexpr std::size_t signing_keys_max = 4;
/// Code requests of one identifier that are remembered: as many as a day allows.
inline constexpr std::size_t code_requests_kept_max = 10;
/// Sessions awake in memory (one per session that is refreshed or ended); the longest idle one sleeps first.
inline constexpr std::size_t sessions_awake_max = 50'000;
/// Sessions and users kept as barred for the life of an access token. Full: the oldest are forgotten.
inline constexpr std::size_t barred_tokens_max = 200'000;
/// Bytes kept of a client's User-Agent.
inline constexpr std::size_t user_agent_bytes_max = 255;

// ---- operators
// ------------------------------------------------------------------------------------------
/// What is sensitive wants a password and a code shown within so long.
inline constexpr minutes sensitive_within{5};
/// Operators, active or not: all are held in memory. More: `too_many_operators`.
inline constexpr std::size_t operators_max = 1'000;
/// Live sessions of one operator: a few browsers and what was never logged out of. The oldest one ends.
inline constexpr std::size_t operator_sessions_max = 10;
/// Passwords that wait to be hashed or compared, some 50 ms each. More: 503 with Retry-After.
inline constexpr std::size_t passwords_waiting_max = 32;
/// Characters of an operator's password: shorter ones are guessed, longer ones are work for us.
inline constexpr std::size_t operator_password_chars_min = 12;
inline constexpr std::size_t operator_password_chars_max = 128;
/// Bytes of an operator's name, and of a reason that anybody gives for the audit log.
inline constexpr std::size_t operator_name_bytes_max = 100;
inline constexpr std::size_t reason_bytes_max = 500;
/// WebSockets of one operator, over all I/O threads; a browser with a few tabs. More: closed with 4429.
inline constexpr std::size_t operator_sockets_max = 5;

// ---- the operators' map
// ------------------------------------------------------------------------------------------
/// Tiles of zoom 7 with a station in them: each is an actor. A continent; stations beyond are not drawn.
inline constexpr std::size_t map_regions_max = 1'000;
/// Layers (zoom and filters) one region keeps up to date at once. Full and all watched: the view is refused.
inline constexpr std::size_t map_layers_max = 64;
/// A layer nobody watches is kept so long: whoever pans comes back.
inline constexpr seconds map_layer_idle{30};
/// A region tells its changes so often.
inline constexpr milliseconds map_batch{250};
/// Things drawn in one view, and their bytes: a slow client holds one view at most. More: coarser cells.
inline constexpr std::size_t map_items_max = 1'000;
inline constexpr std::size_t map_view_bytes_max = 60 * 1024;
/// Changed things of one view that wait for the next batch. More: the whole view is told.
inline constexpr std::size_t map_touched_max = 512;
/// Lights that flash in one batch of one view; more would be a fog.
inline constexpr std::size_t map_pulses_max = 32;
/// Bytes kept of a station's name, serial number and address each.
inline constexpr std::size_t marker_text_bytes_max = 255;
/// Bytes of the text that markers are searched for.
inline constexpr std::size_t map_text_bytes_max = 64;
/// Lines of the feed, and commands, that a lane shows to whoever subscribes.
inline constexpr std::size_t feed_lines_max = 100;
inline constexpr std::size_t feed_commands_max = 50;
/// What is new in the feed goes out so often at most, and so many lines at once: the rest is in the next
/// snapshot.
inline constexpr std::size_t feed_burst_max = 100;
/// Points of one layer over the map (rentals, demand, low stock), those that matter most first.
inline constexpr std::size_t map_points_max = 5'000;
/// The counters strip: how often it is looked at, and how often the database is asked where banks are.
inline constexpr seconds metrics_every{1};
inline constexpr seconds banks_counted_every{60};
/// Failed commands remembered for the counters strip; the oldest are forgotten.
inline constexpr std::size_t map_failures_max = 10'000;

// ---- messages to people
// ----------------------------------------------------------------------------------------
/// Messages that wait for their provider. Full: 503 `otp_delivery_unavailable`.
inline constexpr std::size_t messages_max = 10'000;
/// Between two tries of a message whose provider is out of order: doubled from the first to the last.
inline constexpr seconds message_retry_first{1};
inline constexpr seconds message_retry_last{30};
/// Files of a spool folder; the oldest are removed.
inline constexpr std::size_t spool_files_max = 10'000;

// ---- operators' care of stations
// ----------------------------------------------------------------------------------------
/// Bytes of what a cabinet says of itself (boards, firmware, network), kept for each station. More: not kept.
inline constexpr std::size_t hardware_bytes_max = 2 * 1024;
/// Amenities in the list that all stations choose from. More: `too_many_amenities`.
inline constexpr std::size_t amenities_max = 500;
/// Amenities of one station, and links to its pictures.
inline constexpr std::size_t station_amenities_max = 20;
inline constexpr std::size_t station_media_max = 20;
/// Pictures of one issue.
inline constexpr std::size_t issue_images_max = 5;

// ---- prices
// ----------------------------------------------------------------------------------------
/// Packages, and late-fee configurations: all are held in memory and handed out whole. More: refused with
/// `too_many_prices`.
inline constexpr std::size_t packages_max = 200;
inline constexpr std::size_t late_fees_max = 200;
/// Discounts: the list is copied for the doors when one changes. More: refused with `too_many_prices`.
inline constexpr std::size_t discounts_max = 5'000;
/// Partners, and who had a station when: history stays. More: refused with `too_many_prices`.
inline constexpr std::size_t partners_max = 2'000;
inline constexpr std::size_t station_partners_max = 20'000;
/// Riders whose movements one I/O thread remembers: as many as it remembers tokens, about 1 KiB each. More:
/// those who looked longest ago are asked for again.
inline constexpr std::size_t movements_kept_max = 20'000;
/// Bytes of a configuration file, or of a file that holds one secret.
inline constexpr std::size_t settings_file_bytes_max = 1024 * 1024;
/// Bytes of the operators' own notes on one row, as JSON.
inline constexpr std::size_t price_metadata_bytes_max = 2 * 1024;
/// Rentals whose confirmed use of a discount is remembered by name, so that a refund gives it back at once;
/// of an older one the use is given back with the next start of the server.
inline constexpr std::size_t confirmed_uses_max = 100'000;

// ---- cabinets' accounts and HTTP calls
// ----------------------------------------------------------------------------------------
/// Changes of accounts that the broker has not answered; a cabinet that restarts causes one. Full: refused,
/// and the cabinet calls again.
inline constexpr std::size_t account_changes_max = 256;
/// The broker has so long to answer one, and is asked so often.
inline constexpr seconds account_answer_within{3};
inline constexpr int account_tries_max = 2;
/// Connects of one cabinet within an hour: one a restart. More: 429 with Retry-After, and an alarm.
inline constexpr int cabinet_connects_an_hour_max = 6;
/// Uploads and claims of one cabinet within an hour: one in 20 minutes, one a return, and some asked for.
/// More: 429 with Retry-After; MQTT tells the same.
inline constexpr int cabinet_calls_an_hour_max = 240;
/// An operator opens the door for a new cabinet, or one with a new SIM, for so long.
inline constexpr hours provisioning_lasts{1};
/// What a stranger's row says of its last call is so old at most; each call is counted in memory.
inline constexpr minutes stranger_noted_every{10};
/// New strangers that are stored within a day; more are only counted.
inline constexpr std::size_t strangers_a_day_max = 1'000;
/// Bytes of the text a cabinet adds to its connect.
inline constexpr std::size_t cabinet_hardware_bytes_max = 255;

// ---- the bridge of the older system
// ----------------------------------------------------------------------------------------
/// Signatures remembered for 600 s, so that none is heard twice: 160 reports a second. Full: 429.
inline constexpr std::size_t sync_signatures_max = 100'000;
/// Reports that are being worked on; each waits for one commit. Full: 429.
inline constexpr std::size_t syncs_under_way_max = 1'000;
/// Bytes of one report: 80 slots and their banks with all their figures.
inline constexpr std::size_t sync_body_bytes_max = 256 * 1024;

// ---- payment intents
// ----------------------------------------------------------------------------------------
/// Unpaid intents of one rider, and of all riders together: about 1 KiB each in memory. More: 429.
inline constexpr std::size_t intents_of_rider_max = 3;
inline constexpr std::size_t intents_open_max = 50'000;
/// An intent that is not paid in so long is forgotten; a payment that comes later only fills the wallet.
inline constexpr minutes intent_life{30};
/// An order goes on by itself only if its price was quoted no longer ago: the rider still stands there.
inline constexpr minutes order_quote_life{15};
/// An order that could not go on for a reason that passes is tried again after so long.
inline constexpr seconds order_retry{5};
/// Intents that expire in one record; the others follow at once.
inline constexpr std::size_t intents_expired_at_once = 200;

}  // namespace chautari::limits
